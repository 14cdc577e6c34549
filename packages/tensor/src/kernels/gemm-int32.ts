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
  for (let i = 0; i < m; i++) {
    const row = cOffset + i * cRowStride;
    if (!accumulate) c.fill(0, row, row + n);
    for (let p = 0; p < k; p++) {
      const factor = a[aOffset + i * aRowStride + p * aColStride]!;
      let at = bOffset + p * bRowStride;
      for (let j = 0; j < n; j++) {
        // the array drops what is above 32 bits
        c[row + j]! += Math.imul(factor, b[at]!);
        at += bColStride;
      }
    }
  }
}
