import { normalizeDims } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * A view with the order of elements reversed along the given dimension or dimensions.
 *
 * @remarks
 * Unlike `torch.flip`, which copies, this shares data as NumPy does: strides may be negative.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { flip, tensor } from "@rnn/tensor";
 *
 * flip(tensor([[1, 2], [3, 4]]), 0).toArray(); // => [[3, 4], [1, 2]]
 * flip(tensor([[1, 2], [3, 4]]), [0, 1]).toArray(); // => [[4, 3], [2, 1]]
 * ```
 *
 * @public
 */
export function flip(x: Tensor, dims: number | readonly number[]): Tensor {
  checkTensor("flip", x);
  const strides = x.strides.slice();
  let offset = x.offset;
  for (const d of normalizeDims("flip", dims, x.ndim)) {
    // a 0-d or empty tensor stays where it is
    if (x.ndim === 0 || x.size === 0) continue;
    offset += (x.shape[d]! - 1) * x.strides[d]!;
    strides[d] = -x.strides[d]!;
  }
  return new Tensor(x.data, x.shape, { strides, offset });
}
