import { formatShape, ShapeError } from "../errors.ts";
import { describe, normalizeDim } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { checkIndexDType } from "./index-tensor.ts";
import { take } from "./take.ts";

/**
 * The given indices of a dimension, in the given order, as a copy.
 *
 * @remarks
 * Shapes: x `[..., n, ...]` and k indices give `[..., k, ...]`. Indices may repeat; negative ones are refused, as in
 * PyTorch.
 *
 * @throws RangeError if the dimension or an index is out of range; TypeError if the index tensor is not int32;
 * {@link ShapeError} if it is not a vector.
 *
 * @example
 * ```ts
 * import { indexSelect, tensor } from "@rnn/tensor";
 *
 * indexSelect(tensor([[1, 2], [3, 4], [5, 6]]), 0, [2, 0, 2]).toArray(); // => [[5, 6], [1, 2], [5, 6]]
 * ```
 *
 * @public
 */
export function indexSelect(x: Tensor, dim: number, index: Tensor | readonly number[] | Int32Array): Tensor {
  checkTensor("indexSelect", x);
  if (x.ndim === 0) throw new RangeError("indexSelect: a 0-d tensor has no dimension to select from");
  const d = normalizeDim("indexSelect", dim, x.ndim);
  const indices = indexList(index);
  checkIndices(indices, x.shape[d]!);
  return take("indexSelect", x, d, indices);
}

function indexList(index: Tensor | readonly number[] | Int32Array): ArrayLike<number> {
  if (Array.isArray(index) || index instanceof Int32Array) return index;
  if (!(index instanceof Tensor)) {
    throw new TypeError(`indexSelect: index must be an int32 tensor or an array, got ${describe(index)}`);
  }
  checkIndexDType("indexSelect", index);
  if (index.ndim > 1) {
    throw new ShapeError(`indexSelect: index has shape ${formatShape(index.shape)}, expected a vector`);
  }
  const { data, offset, size } = index.contiguous();
  return data.subarray(offset, offset + size);
}

function checkIndices(indices: ArrayLike<number>, n: number): void {
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k]!;
    if (!Number.isInteger(i) || i < 0 || i >= n) {
      throw new RangeError(`indexSelect: index ${i} at position [${k}] is outside 0..${n - 1}`);
    }
  }
}
