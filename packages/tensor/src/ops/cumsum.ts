import { allocate } from "../dtype.ts";
import { Tensor } from "../tensor.ts";
import { layAlong } from "./reduction.ts";

/**
 * Running sums along a dimension: y[i] = x[0] + ... + x[i].
 *
 * @remarks
 * The shape stays. float32 is summed in float64, each sum rounded once; bool is counted into int32.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { cumsum, tensor } from "@rnn/tensor";
 *
 * cumsum(tensor([[1, 2, 3], [4, 5, 6]]), 1).toArray(); // => [[1, 3, 6], [4, 9, 15]]
 * ```
 *
 * @public
 */
export function cumsum(x: Tensor, dim: number): Tensor {
  const { data, offset, outer, n, inner } = layAlong("cumsum", x, dim);
  const out = allocate(x.dtype === "bool" ? "int32" : x.dtype, x.size);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * n * inner + i;
      let total = 0;
      for (let at = start, end = start + n * inner; at < end; at += inner) {
        total += data[offset + at]!;
        out[at] = total;
      }
    }
  }
  return new Tensor(out, x.shape);
}
