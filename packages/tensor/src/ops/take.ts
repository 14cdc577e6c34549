import { allocate } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { layAlong } from "./reduction.ts";

/**
 * The indices of a dimension that `indices` names, copied in that order; -1 stands for elements of `filling`.
 *
 * Trusts `dim` and the indices.
 */
export function take(where: string, x: Tensor, dim: number, indices: ArrayLike<number>, filling = 0): Tensor {
  const shape = x.shape.map((size, i) => (i === dim ? indices.length : size));
  const out = allocate(x.dtype, sizeOf(where, shape));
  const { data, offset, outer, n, inner } = layAlong(where, x, dim);
  const runs = runsOf(indices);
  let to = 0;
  for (let o = 0; o < outer; o++) {
    for (const { first, count } of runs) {
      const length = count * inner;
      const from = offset + (o * n + first) * inner;
      if (first < 0) out.fill(filling, to, to + length);
      else if (length >= longRun) out.set(data.subarray(from, from + length), to);
      else for (let i = 0; i < length; i++) out[to + i] = data[from + i]!;
      to += length;
    }
  }
  return new Tensor(out, shape);
}

/** From so many elements on, copying them at once is faster than one by one. */
const longRun = 32;

/** Indices that follow one another, or stand for the filling, so that they are copied in one go. */
function runsOf(indices: ArrayLike<number>): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (let k = 0; k < indices.length; ) {
    const first = indices[k]!;
    let end = k + 1;
    if (first < 0) while (end < indices.length && indices[end]! < 0) end++;
    else while (end < indices.length && indices[end] === first + end - k) end++;
    runs.push({ first, count: end - k });
    k = end;
  }
  return runs;
}
