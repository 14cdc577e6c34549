/** The matrix product of int32: products and sums keep their low 32 bits, as `mul` and `prod` do. */
export function gemmInt32(
  m: number,
  n: number,
  k: number,
  a: Int32Array,
  aOffset: number,
  aRowStride: number,
  aColStride: number,
  b: Int32Array,
  bOffset: number,
  bRowStride: number,
  bColStride: number,
  c: Int32Array,
  cOffset: number,
  cRowStride: number,
  accumulate: boolean,
): void {
  const quads = n - (n % 4);
  for (let i = 0; i < m; i++) {
    const aRow = aOffset + i * aRowStride;
    const cRow = cOffset + i * cRowStride;
    // four neighbouring columns at a time
    for (let j = 0; j < quads; j += 4) {
      const ci = cRow + j;
      let ai = aRow;
      let b0 = bOffset + j * bColStride;
      let b1 = b0 + bColStride;
      let b2 = b1 + bColStride;
      let b3 = b2 + bColStride;
      let s0 = accumulate ? c[ci]! : 0;
      let s1 = accumulate ? c[ci + 1]! : 0;
      let s2 = accumulate ? c[ci + 2]! : 0;
      let s3 = accumulate ? c[ci + 3]! : 0;
      for (let p = 0; p < k; p++) {
        const x = a[ai]!;
        s0 = (s0 + Math.imul(x, b[b0]!)) | 0;
        s1 = (s1 + Math.imul(x, b[b1]!)) | 0;
        s2 = (s2 + Math.imul(x, b[b2]!)) | 0;
        s3 = (s3 + Math.imul(x, b[b3]!)) | 0;
        ai += aColStride;
        b0 += bRowStride;
        b1 += bRowStride;
        b2 += bRowStride;
        b3 += bRowStride;
      }
      c[ci] = s0;
      c[ci + 1] = s1;
      c[ci + 2] = s2;
      c[ci + 3] = s3;
    }
    for (let j = quads; j < n; j++) {
      let ai = aRow;
      let bi = bOffset + j * bColStride;
      let sum = accumulate ? c[cRow + j]! : 0;
      for (let p = 0; p < k; p++) {
        sum = (sum + Math.imul(a[ai]!, b[bi]!)) | 0;
        ai += aColStride;
        bi += bRowStride;
      }
      c[cRow + j] = sum;
    }
  }
}
