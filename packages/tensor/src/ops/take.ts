import { allocate } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { layReduction } from "./reduction.ts";

/**
 * The indices of a dimension that `indices` names, copied in that order; -1 stands for elements of `filling`.
 *
 * Trusts `dim` and the indices.
 */
export function take(where: string, x: Tensor, dim: number, indices: ArrayLike<number>, filling = 0): Tensor {
  const count = indices.length;
  const shape = x.shape.map((size, i) => (i === dim ? count : size));
  const out = allocate(x.dtype, sizeOf(where, shape));
  const { data, offset, outer, n, inner } = layReduction(where, x, { dim });
  let to = 0;
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < count; k++) {
      const index = indices[k]!;
      if (index < 0) {
        out.fill(filling, to, to + inner);
        to += inner;
        continue;
      }
      let from = offset + (o * n + index) * inner;
      for (const end = from + inner; from < end; from++) out[to++] = data[from]!;
    }
  }
  return new Tensor(out, shape);
}
