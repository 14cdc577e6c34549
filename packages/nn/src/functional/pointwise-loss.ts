import { expand, ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkFloat } from "../dtype.ts";
import { printShape, sameShape } from "../shape.ts";
import { type Reduction, reducer } from "./loss-reduction.ts";
import { checkTensor, needsGrad } from "./operand.ts";

/**
 * A loss whose terms belong to one element each, with prediction `x`, target `t` and the element's number `i`.
 */
export interface PointwiseTerms {
  /** The loss of one element. */
  loss(x: number, t: number, i: number): number;
  /** Its derivative by `x`. */
  slope(x: number, t: number, i: number): number;
  /** Its derivative by `t`. */
  targetSlope(x: number, t: number, i: number): number;
}

/**
 * The loss of all elements as one graph node, which saves prediction and target.
 *
 * @param weight - a factor for each term, broadcast to the shape of the prediction; not differentiated
 */
export function pointwiseLoss(
  name: string,
  prediction: Variable | Tensor,
  target: Variable | Tensor,
  reduction: Reduction,
  terms: PointwiseTerms,
  weight?: Variable | Tensor | undefined,
): Variable {
  const x = checkTensor(name, "input", prediction).contiguous();
  const t = checkTensor(name, "target", target).contiguous();
  checkFloat(name, "input", x.dtype);
  if (!sameShape(x.shape, t.shape)) {
    throw new ShapeError(
      `${name}: input has shape ${printShape(x.shape)}, but target has shape ${printShape(t.shape)}; they must be equal`,
    );
  }
  const factors = weight === undefined ? null : stretched(name, "weight", weight, x.shape);
  const reduce = reducer(name, reduction, x, x.size);
  const losses = new Float64Array(x.size);
  for (let i = 0; i < x.size; i++) {
    const loss = terms.loss(x.data[x.offset + i]!, t.data[t.offset + i]!, i);
    losses[i] = factors === null ? loss : loss * factors[i]!;
  }
  const needsX = needsGrad(prediction);
  const needsT = needsGrad(target);
  return record(name, [prediction, target], reduce.value(losses), (dy) => {
    const gradientOf = reduce.gradient(dy);
    const derivative = (slope: PointwiseTerms["slope"]): Tensor => {
      const gradient = zeros(x.shape, { dtype: x.dtype });
      for (let i = 0; i < x.size; i++) {
        const each = gradientOf(i) * slope(x.data[x.offset + i]!, t.data[t.offset + i]!, i);
        gradient.data[i] = factors === null ? each : each * factors[i]!;
      }
      return gradient;
    };
    return [needsX ? derivative(terms.slope) : null, needsT ? derivative(terms.targetSlope) : null];
  });
}

/** The elements of a weight, repeated where broadcasting to `shape` stretches it. */
export function stretched(
  where: string,
  what: string,
  weight: Variable | Tensor,
  shape: readonly number[],
): ArrayLike<number> {
  const w = checkTensor(where, what, weight);
  try {
    const { data, offset, size } = expand(w, shape).contiguous();
    return data.subarray(offset, offset + size);
  } catch {
    throw new ShapeError(
      `${where}: ${what} has shape ${printShape(w.shape)}, which does not broadcast to the input's shape ${printShape(shape)}`,
    );
  }
}
