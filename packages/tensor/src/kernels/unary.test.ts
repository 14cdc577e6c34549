import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Backend, setBackend } from "./backend.ts";
import { hasRelaxedSimd } from "./simd.ts";
import { type UnaryKernel, unaryKernel } from "./unary.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (!hasRelaxedSimd()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const references: Record<UnaryKernel, (x: number) => number> = {
  exp: Math.exp,
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  tanh: Math.tanh,
};
const names = Object.keys(references) as UnaryKernel[];

/** Distance between neighbouring float32 at the size of `x`. */
function ulp(x: number): number {
  return 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - 23, -149);
}

for (const backend of ["wasm-simd", "wasm-fma"] satisfies Backend[]) {
  describe(`unary kernels, ${backend}`, () => {
    beforeAll(() => setBackend(backend));
    afterAll(() => setBackend("auto"));

    test.each(names)("%s is within 4 ulp of float64 over all exponents", (name) => {
      // every 4,001st of the 2^32 bit patterns: all exponents and signs, NaN and infinities among them
      const bits = Uint32Array.from({ length: Math.floor(2 ** 32 / 4001) }, (_, i) => i * 4001);
      const x = new Float32Array(bits.buffer);
      const y = new Float32Array(x.length);
      expect(unaryKernel(name, x, 0, y, 0, x.length)).toBe(true);
      let worst = 0;
      let wrong = 0;
      for (let i = 0; i < x.length; i++) {
        const want = references[name](x[i]!);
        if (Object.is(y[i], Math.fround(want))) continue;
        if (Number.isFinite(y[i]!) && Number.isFinite(Math.fround(want))) {
          worst = Math.max(worst, Math.abs(y[i]! - want) / ulp(want));
        } else {
          wrong++;
        }
      }
      expect(wrong, "finite for infinite, or NaN, or the reverse").toBe(0);
      expect(worst).toBeLessThanOrEqual(4);
    });

    test.each(names)("%s gives the exact limits, and keeps signed zeros and NaN", (name) => {
      const x = Float32Array.of(0, -0, Infinity, -Infinity, Number.NaN, 1e-45, -1e-45, 3e38, -3e38);
      const y = new Float32Array(x.length);
      unaryKernel(name, x, 0, y, 0, x.length);
      expect([...y]).toEqual(Array.from(x, (value) => Math.fround(references[name](value))));
    });

    test("exp reaches the smallest and the largest numbers", () => {
      const x = Float32Array.of(-103.98, -103.2, -90, 88.7, 88.73);
      const y = new Float32Array(x.length);
      unaryKernel("exp", x, 0, y, 0, x.length);
      expect(y[0]).toBe(0);
      expect(y[1]).toBe(2 ** -149);
      expect(y[2]! / Math.exp(-90)).toBeCloseTo(1, 4);
      expect(y[3]! / Math.exp(x[3]!)).toBeCloseTo(1, 6);
      expect(y[4]).toBe(Infinity);
    });

    test("reads and writes only the given elements, in place too", () => {
      for (const n of [0, 1, 2, 3, 4, 5, 31, 32, 33, 16_383, 16_384, 16_385, 40_000]) {
        const x = Float32Array.from({ length: n + 5 }, (_, i) => Math.sin(i));
        const y = new Float32Array(n + 5).fill(7);
        unaryKernel("tanh", x, 2, y, 3, n);
        const want = Float32Array.from({ length: n + 5 }, (_, i) =>
          i < 3 || i >= n + 3 ? 7 : Math.tanh(x[i - 1]!),
        );
        expectClose(y, want);
        unaryKernel("tanh", x, 2, x, 2, n);
        expect(x.subarray(2, 2 + n)).toEqual(y.subarray(3, 3 + n));
        expect(x[n + 2]).toBe(Math.fround(Math.sin(n + 2)));
      }
    });
  });
}

test("a few elements, and a forced plain backend, are left to the caller", () => {
  const x = new Float32Array(100_000);
  expect(unaryKernel("exp", x, 0, x, 0, 4)).toBe(false);
  setBackend("js");
  expect(unaryKernel("exp", x, 0, x, 0, x.length)).toBe(false);
  setBackend("auto");
  expect(x.every((value) => value === 0)).toBe(true);
});
