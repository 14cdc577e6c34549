import { type CreateOptions, create, createKinds } from "../create.ts";
import { checkOptions } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { checkIndexDType } from "./index-tensor.ts";

/**
 * For every index a row of zeros with a one at that place.
 *
 * @remarks
 * Shapes: index `[...]` gives `[..., classes]`; as many classes as the largest index needs if `classes` is absent. The
 * dtype is int32, as in PyTorch, unless another one is given.
 *
 * @throws RangeError if an index is not in 0..classes - 1, or `classes` is not given for no indices; TypeError if the
 * tensor is not int32; {@link ShapeError} if `classes` is not a non-negative integer.
 *
 * @example
 * ```ts
 * import { oneHot, tensor } from "@rnn/tensor";
 *
 * oneHot(tensor([2, 0], { dtype: "int32" }), 3).toArray(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 *
 * @public
 */
export function oneHot(index: Tensor, classes?: number, options: CreateOptions = {}): Tensor {
  checkTensor("oneHot", index);
  checkOptions("oneHot", options, createKinds, "index, classes");
  checkIndexDType("oneHot", index);
  const { data, offset, size } = index.contiguous();
  const indices = data.subarray(offset, offset + size);
  if (classes === undefined && size === 0) {
    throw new RangeError("oneHot: no index tells how many classes there are; pass their number");
  }
  let largest = 0;
  for (const i of indices) largest = Math.max(largest, i);
  const count = classes ?? largest + 1;
  const out = create("oneHot", [...index.shape, count], options.dtype ?? "int32");
  indices.forEach((i, row) => {
    if (i < 0 || i >= count) throw new RangeError(`oneHot: index ${i} is outside 0..${count - 1}`);
    out.data[row * count + i] = 1;
  });
  return out;
}
