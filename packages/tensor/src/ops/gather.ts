import { allocate } from "../dtype.ts";
import { forEachRow, mergeDimensions } from "../loops/strided.ts";
import { normalizeDim } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { checkIndexTensor, outsideIndex } from "./index-tensor.ts";

/**
 * Elements picked along a dimension by an index of their own: for `dim` 1, y[i, j] = x[i, index[i, j]].
 *
 * @remarks
 * The result has the shape of `index`, which has as many dimensions as `x` and is nowhere larger, except along `dim`.
 * Negative indices are refused, as in PyTorch.
 *
 * @throws {@link ShapeError} if the shapes do not fit; RangeError if the dimension or an index is out of range;
 * TypeError if `index` is not int32.
 *
 * @example
 * ```ts
 * import { gather, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * gather(x, 1, tensor([[2], [0]], { dtype: "int32" })).toArray(); // => [[3], [4]]
 * ```
 *
 * @public
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  checkTensor("gather", x);
  const d = normalizeDim("gather", dim, x.ndim);
  checkIndexTensor("gather", x, d, index);
  const out = allocate(x.dtype, index.size);
  // walk the index; x is stepped along with it everywhere but in `dim`, which the indices add
  const step = x.ndim === 0 ? 0 : x.strides[d]!;
  const limit = x.ndim === 0 ? 1 : x.shape[d]!;
  const base = x.strides.map((stride, i) => (i === d ? 0 : stride));
  const { shape, strides } = mergeDimensions(index.shape, [index.strides, base]);
  const inner = shape.length - 1;
  const n = shape[inner]!;
  const indexStep = strides[0]![inner]!;
  const baseStep = strides[1]![inner]!;
  forEachRow(shape, strides, [index.offset, x.offset], (row, at) => {
    const indexAt = at[0]!;
    const baseAt = at[1]!;
    for (let i = 0; i < n; i++) {
      const k = index.data[indexAt + i * indexStep]!;
      if (k < 0 || k >= limit) throw outsideIndex("gather", k, d, x);
      out[row + i] = x.data[baseAt + i * baseStep + k * step]!;
    }
  });
  return new Tensor(out, index.shape);
}
