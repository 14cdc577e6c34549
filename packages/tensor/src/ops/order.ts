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
