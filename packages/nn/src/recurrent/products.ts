import { gemm } from "@rnn/tensor";
import type { FloatArray } from "../dtype.ts";

// The three products of a linear map y = x Wᵀ, W [n, k], over rows of flat arrays. `yStride` is the distance between
// rows of y; rows of x and W are contiguous. All offsets and strides count elements.

/** `y += x Wᵀ` for `rows` rows. */
export function addLinear(
  rows: number,
  n: number,
  k: number,
  x: FloatArray,
  xAt: number,
  weight: FloatArray,
  weightAt: number,
  y: FloatArray,
  yAt: number,
  yStride: number,
): void {
  gemm(rows, n, k, x, xAt, k, 1, weight, weightAt, 1, k, y, yAt, yStride, true);
}

/** `dx = dy W`, or `dx += dy W` with `accumulate`, for `rows` rows. */
export function linearInputGradient(
  rows: number,
  n: number,
  k: number,
  dy: FloatArray,
  dyAt: number,
  dyStride: number,
  weight: FloatArray,
  weightAt: number,
  dx: FloatArray,
  dxAt: number,
  accumulate: boolean,
): void {
  gemm(rows, k, n, dy, dyAt, dyStride, 1, weight, weightAt, k, 1, dx, dxAt, k, accumulate);
}

/** `dW = dyᵀ x`, summed over `rows` rows, written at `dWeightAt`. */
export function linearWeightGradient(
  rows: number,
  n: number,
  k: number,
  dy: FloatArray,
  dyStride: number,
  x: FloatArray,
  dWeight: FloatArray,
  dWeightAt: number,
): void {
  gemm(n, k, rows, dy, 0, 1, dyStride, x, 0, k, 1, dWeight, dWeightAt, k, false);
}

/**
 * `sums[at + j]` = sum of column j of a `[rows, columns]` matrix. Added up in float64, a float32 sum over thousands of rows
 * loses digits; four columns at a time, so that the sums need no memory.
 */
export function columnSums(
  rows: number,
  columns: number,
  matrix: FloatArray,
  sums: FloatArray,
  sumsAt: number,
): void {
  const end = rows * columns;
  const quads = columns - (columns % 4);
  for (let j = 0; j < quads; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = j; i < end; i += columns) {
      s0 += matrix[i]!;
      s1 += matrix[i + 1]!;
      s2 += matrix[i + 2]!;
      s3 += matrix[i + 3]!;
    }
    sums[sumsAt + j] = s0;
    sums[sumsAt + j + 1] = s1;
    sums[sumsAt + j + 2] = s2;
    sums[sumsAt + j + 3] = s3;
  }
  for (let j = quads; j < columns; j++) {
    let sum = 0;
    for (let i = j; i < end; i += columns) sum += matrix[i]!;
    sums[sumsAt + j] = sum;
  }
}
