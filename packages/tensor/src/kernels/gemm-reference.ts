import type { FloatArray } from "./gemm-types.ts";

/** The definition of a matrix product: three loops, every sum in float64. The other kernels are judged by it. */
export function gemmReference(
  m: number,
  n: number,
  k: number,
  a: FloatArray,
  aOffset: number,
  aRowStride: number,
  aColStride: number,
  b: FloatArray,
  bOffset: number,
  bRowStride: number,
  bColStride: number,
  c: FloatArray,
  cOffset: number,
  cRowStride: number,
  accumulate: boolean,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const at = cOffset + i * cRowStride + j;
      let sum = accumulate ? c[at]! : 0;
      for (let p = 0; p < k; p++) {
        sum += a[aOffset + i * aRowStride + p * aColStride]! * b[bOffset + p * bRowStride + j * bColStride]!;
      }
      c[at] = sum;
    }
  }
}
