import { expect, test } from "vitest";
import { gemmInt32 } from "./gemm-int32.ts";

const numbers = (length: number, factor: number): Int32Array =>
  Int32Array.from({ length }, (_, i) => Math.imul(i + 1, factor));

test.each([0, 1, 3, 4, 5, 8, 11])("sums keep their low 32 bits, for %i columns", (n) => {
  const [m, k, rowStride] = [3, 7, n + 2];
  const a = numbers(1 + k * m, 0x9e3779b1);
  const b = numbers(2 + k * (n + 1), 0x85ebca77);
  for (const accumulate of [false, true]) {
    const c = numbers(3 + m * rowStride, 0xc2b2ae3d | 0);
    const expected = c.slice();
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const at = 3 + i * rowStride + j;
        let sum = accumulate ? BigInt(c[at]!) : 0n;
        for (let p = 0; p < k; p++) sum += BigInt(a[1 + p * m + i]!) * BigInt(b[2 + p * (n + 1) + j]!);
        expected[at] = Number(BigInt.asIntN(32, sum));
      }
    }
    gemmInt32(m, n, k, a, 1, 1, m, b, 2, n + 1, 1, c, 3, rowStride, accumulate);
    expect(c).toEqual(expected);
  }
});
