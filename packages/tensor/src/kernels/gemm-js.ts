import { multiplyPacked } from "./gemm-js-packed.ts";
import type { FloatArray } from "./gemm-types.ts";

/** Below so many multiplications, or so few rows, packing costs more than it saves. */
const PACK_FROM_PRODUCTS = 5_000;
const PACK_FROM_ROWS = 6;

/** Blocked matrix product in plain TypeScript for any float type. Sums are float64; C is rounded once per 256 of k. */
export function gemmJs(
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
  if (n === 1) {
    // a single column is a single row of the transposed product
    // biome-ignore format: one operand per line
    multiplyRows(
      1, m, k,
      b, bOffset, bColStride, bRowStride,
      a, aOffset, aColStride, aRowStride,
      c, cOffset, 0, cRowStride, accumulate,
    );
  } else if (m < PACK_FROM_ROWS || m * n * k < PACK_FROM_PRODUCTS) {
    // biome-ignore format: one operand per line
    multiplyRows(
      m, n, k,
      a, aOffset, aRowStride, aColStride,
      b, bOffset, bRowStride, bColStride,
      c, cOffset, cRowStride, 1, accumulate,
    );
  } else {
    // biome-ignore format: one operand per line
    multiplyPacked(
      m, n, k,
      a, aOffset, aRowStride, aColStride,
      b, bOffset, bRowStride, bColStride,
      c, cOffset, cRowStride, accumulate,
    );
  }
}

/** Four neighbouring elements of one row of C at a time, reading the operands where they are. */
function multiplyRows(
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
  cColStride: number,
  accumulate: boolean,
): void {
  const quads = n - (n % 4);
  for (let i = 0; i < m; i++) {
    const aRow = aOffset + i * aRowStride;
    let ci = cOffset + i * cRowStride;
    for (let j = 0; j < quads; j += 4) {
      let ai = aRow;
      let b0 = bOffset + j * bColStride;
      let b1 = b0 + bColStride;
      let b2 = b1 + bColStride;
      let b3 = b2 + bColStride;
      const c1 = ci + cColStride;
      const c2 = c1 + cColStride;
      const c3 = c2 + cColStride;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      if (accumulate) {
        s0 = c[ci]!;
        s1 = c[c1]!;
        s2 = c[c2]!;
        s3 = c[c3]!;
      }
      for (let p = 0; p < k; p++) {
        const x = a[ai]!;
        s0 += x * b[b0]!;
        s1 += x * b[b1]!;
        s2 += x * b[b2]!;
        s3 += x * b[b3]!;
        ai += aColStride;
        b0 += bRowStride;
        b1 += bRowStride;
        b2 += bRowStride;
        b3 += bRowStride;
      }
      c[ci] = s0;
      c[c1] = s1;
      c[c2] = s2;
      c[c3] = s3;
      ci = c3 + cColStride;
    }
    // the last n % 4 columns one by one
    for (let j = quads; j < n; j++) {
      let ai = aRow;
      let bi = bOffset + j * bColStride;
      let sum = accumulate ? c[ci]! : 0;
      for (let p = 0; p < k; p++) {
        sum += a[ai]! * b[bi]!;
        ai += aColStride;
        bi += bRowStride;
      }
      c[ci] = sum;
      ci += cColStride;
    }
  }
}
