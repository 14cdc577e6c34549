import { formatShape, ShapeError } from "../errors.ts";
import { copyShape, normalizeDim, productOf, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * The same elements, in row-major order, in another shape.
 *
 * @remarks
 * A view wherever strides can express it, which is always so for contiguous tensors; otherwise a copy. One dimension
 * may be -1: it takes what is left over.
 *
 * @throws {@link ShapeError} if the number of elements differs, or what -1 stands for is not clear.
 *
 * @example
 * ```ts
 * import { arange, reshape } from "@rnn/tensor";
 *
 * reshape(arange(6), [2, -1]).toArray(); // => [[0, 1, 2], [3, 4, 5]]
 * ```
 *
 * @public
 */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  checkTensor("reshape", x);
  return reshaped(x, inferShape(x, shape));
}

/**
 * The same elements with the dimensions from `startDim` to `endDim` (both included) made one.
 *
 * @remarks
 * A view wherever strides can express it, otherwise a copy. A 0-d tensor becomes `[1]`.
 *
 * @throws RangeError if a dimension is out of range or `startDim` comes after `endDim`.
 *
 * @example
 * ```ts
 * import { flatten, zeros } from "@rnn/tensor";
 *
 * flatten(zeros([2, 3, 4])).shape; // => [24]
 * flatten(zeros([2, 3, 4]), 1).shape; // => [2, 12]
 * ```
 *
 * @public
 */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  checkTensor("flatten", x);
  const start = normalizeDim("flatten", startDim, x.ndim);
  const end = normalizeDim("flatten", endDim, x.ndim);
  if (start > end) throw new RangeError(`flatten: startDim ${startDim} comes after endDim ${endDim}`);
  const merged = productOf(x.shape.slice(start, end + 1));
  return reshaped(x, [...x.shape.slice(0, start), merged, ...x.shape.slice(end + 1)]);
}

function reshaped(x: Tensor, shape: readonly number[]): Tensor {
  if (x.isContiguous) return new Tensor(x.data, shape, { offset: x.offset });
  const strides = viewStrides(x.shape, x.strides, shape);
  return strides
    ? new Tensor(x.data, shape, { strides, offset: x.offset })
    : new Tensor(x.clone().data, shape);
}

/** The wanted shape, with its -1, if any, replaced by what is left over. */
function inferShape(x: Tensor, shape: readonly number[]): number[] {
  const result = copyShape("reshape", shape);
  const unknown = result.indexOf(-1);
  if (unknown !== result.lastIndexOf(-1)) {
    throw new ShapeError(
      `reshape: shape ${formatShape(shape)} has more than one -1; only one can be inferred`,
    );
  }
  if (unknown >= 0) {
    result[unknown] = 1;
    const known = sizeOf("reshape", result);
    if (known === 0) {
      throw new ShapeError(
        `reshape: -1 in shape ${formatShape(shape)} could be any size, since it has no elements`,
      );
    }
    result[unknown] = Math.floor(x.size / known);
  }
  if (sizeOf("reshape", result) !== x.size) {
    throw new ShapeError(
      `reshape: shape ${formatShape(x.shape)} has ${x.size} elements, which do not fit shape ${formatShape(shape)}`,
    );
  }
  return result;
}

/**
 * Strides that show the same elements in another shape without moving them, or `null` if there are none.
 *
 * Neighbouring dimensions that step evenly form runs; new dimensions must fill each run exactly.
 */
function viewStrides(
  shape: readonly number[],
  strides: readonly number[],
  wanted: readonly number[],
): number[] | null {
  const result = new Array<number>(wanted.length).fill(1);
  let w = wanted.length - 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] === 1) continue;
    // lengthen the run while the dimension before continues it
    const step = strides[d]!;
    let run = shape[d]!;
    while (d > 0 && (shape[d - 1] === 1 || strides[d - 1] === step * run)) run *= shape[--d]!;
    // lay new dimensions over the run, from its end
    let covered = 1;
    for (; w >= 0 && covered < run; w--) {
      result[w] = step * covered;
      covered *= wanted[w]!;
    }
    if (covered !== run) return null;
  }
  return result;
}
