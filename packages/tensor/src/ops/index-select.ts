import { allocate } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { describe, normalizeDim, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { layReduction } from "./reduction.ts";

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
  const count = indices.length;
  checkIndices(indices, x.shape[d]!);
  const shape = x.shape.map((size, i) => (i === d ? count : size));
  const out = allocate(x.dtype, sizeOf("indexSelect", shape));
  const { data, offset, outer, n, inner } = layReduction("indexSelect", x, { dim: d });
  let to = 0;
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < count; k++) {
      let from = offset + (o * n + indices[k]!) * inner;
      for (const end = from + inner; from < end; from++) out[to++] = data[from]!;
    }
  }
  return new Tensor(out, shape);
}

function indexList(index: Tensor | readonly number[] | Int32Array): ArrayLike<number> {
  if (Array.isArray(index) || index instanceof Int32Array) return index;
  if (!(index instanceof Tensor)) {
    throw new TypeError(`indexSelect: index must be an int32 tensor or an array, got ${describe(index)}`);
  }
  if (index.dtype !== "int32") {
    throw new TypeError(
      `indexSelect: index has dtype ${index.dtype}, expected int32; convert with .to("int32") first`,
    );
  }
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
