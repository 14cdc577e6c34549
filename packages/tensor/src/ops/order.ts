import type { TensorData } from "../dtype.ts";

/** Which of two numbers comes first: negative for `a`. NaN comes after everything, as if it were the largest. */
export function compareNumbers(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return (Number.isNaN(a) ? 1 : 0) - (Number.isNaN(b) ? 1 : 0);
}

/** The positions 0 to n - 1 in the order of the elements `stride` apart; equal elements stay in the order they have. */
export function orderOfRun(
  x: TensorData,
  at: number,
  n: number,
  stride: number,
  descending: boolean,
): Int32Array {
  const positions = new Int32Array(n);
  for (let i = 0; i < n; i++) positions[i] = i;
  const sign = descending ? -1 : 1;
  return positions.sort((i, j) => sign * compareNumbers(x[at + i * stride]!, x[at + j * stride]!) || i - j);
}

/** The first `k` positions of {@link orderOfRun}. For few of many it keeps those found so far in order, and sorts no others. */
export function firstOfRun(
  x: TensorData,
  at: number,
  n: number,
  stride: number,
  descending: boolean,
  k: number,
): Int32Array {
  if (k === 0 || k * fewOf > n) return orderOfRun(x, at, n, stride, descending).subarray(0, k);
  const first = new Int32Array(k);
  const sign = descending ? -1 : 1;
  let found = 0;
  for (let i = 0; i < n; i++) {
    const value = x[at + i * stride]!;
    // behind equal ones, which were there before
    let place = 0;
    for (let end = found; place < end; ) {
      const middle = (place + end) >> 1;
      if (sign * compareNumbers(value, x[at + first[middle]! * stride]!) < 0) end = middle;
      else place = middle + 1;
    }
    if (place === k) continue;
    found = Math.min(found + 1, k);
    first.copyWithin(place + 1, place, found - 1);
    first[place] = i;
  }
  return first;
}

/** One in so many counts as few. */
const fewOf = 16;
