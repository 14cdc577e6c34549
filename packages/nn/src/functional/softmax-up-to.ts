import { zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";

/**
 * Softmax over the first `lengths[n]` entries of the last dimension of `x` `[N, Q, S]`; zeros in the others, which are never
 * looked at, and in all of them if the length is 0. Gradient: `y (dy - sum(dy y))`; saves `y`.
 */
export function softmaxUpTo(x: Variable, lengths: ArrayLike<number>): Variable {
  const { data, offset } = x.value.contiguous();
  const [batch, queries, keys] = x.shape as [number, number, number];
  const y = zeros(x.shape, { dtype: x.dtype });
  for (let row = 0; row < batch * queries; row++) {
    const length = lengths[Math.floor(row / queries)]!;
    const start = row * keys;
    let largest = -Infinity;
    for (let s = 0; s < length; s++) largest = Math.max(largest, data[offset + start + s]!);
    let sum = 0;
    for (let s = 0; s < length; s++) sum += y.data[start + s] = Math.exp(data[offset + start + s]! - largest);
    for (let s = 0; s < length; s++) y.data[start + s]! /= sum;
  }
  return record("softmaxUpTo", [x], y, (dy) => {
    const dx = zeros(y.shape, { dtype: dy.dtype });
    const source = dy.contiguous();
    for (let row = 0; row < batch * queries; row++) {
      const length = lengths[Math.floor(row / queries)]!;
      const start = row * keys;
      const gradient = (s: number): number => source.data[source.offset + start + s]!;
      let weighted = 0;
      for (let s = 0; s < length; s++) weighted += y.data[start + s]! * gradient(s);
      for (let s = 0; s < length; s++) dx.data[start + s] = y.data[start + s]! * (gradient(s) - weighted);
    }
    return [dx];
  });
}
