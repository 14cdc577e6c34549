import type { NormOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";
import { spread } from "./reduction.ts";

/**
 * The p-norm over some dimensions, or over all elements as one vector: `(Σ |x|ᵖ)^(1/p)`, Euclidean by default.
 *
 * @remarks
 * Gradient: `dy sign(x) (|x| / y)^(p - 1)`, 0 where `x` or `y` is 0; with p = ±Infinity the elements of that size share
 * `dy`. Saves `x` and the output. Equals `torch.linalg.vector_norm`.
 *
 * @throws RangeError if a dimension is out of range, or p is NaN.
 *
 * @example
 * ```ts
 * import { norm, variable } from "@rnn/nn";
 *
 * norm(variable([[3, 4], [0, -2]]), { dim: 1 }).toArray(); // => [5, 2]
 * norm(variable([3, -4]), { p: 1 }).item(); // => 7
 * ```
 *
 * @public
 */
export function norm(x: Variable | Tensor, options: NormOptions = {}): Variable {
  const value = checkTensor("norm", "input", x);
  const y = ops.norm(value, options);
  const { p = 2, dim } = options;
  return record("norm", [x], y, (dy) => {
    const [size, whole] = [ops.abs(value), spread(y, value.shape, dim)];
    return [ops.mul(ops.mul(spread(dy, value.shape, dim), ops.sign(value)), shares(size, whole, p, dim))];
  });
}

/** The derivative of the norm `whole` by each magnitude. */
function shares(size: Tensor, whole: Tensor, p: number, dim: NormOptions["dim"]): Tensor {
  if (Math.abs(p) === Infinity) {
    const isIt = ops.eq(size, whole).to(size.dtype);
    return ops.div(isIt, ops.sum(isIt, { dim, keepdim: true }));
  }
  if (p === 0) return ops.zerosLike(size);
  const isZero = ops.logicalOr(ops.eq(size, 0), ops.eq(whole, 0));
  return ops.where(isZero, 0, ops.pow(ops.div(size, whole), p - 1));
}
