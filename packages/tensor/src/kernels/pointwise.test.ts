import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Backend, setBackend } from "./backend.ts";
import { type BinaryKernel, binaryKernel, type UnaryKernel, unaryKernel } from "./pointwise.ts";
import { hasRelaxedSimd } from "./simd.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (!hasRelaxedSimd()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const references: Record<UnaryKernel, (x: number) => number> = {
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  neg: (x) => -x,
  relu: (x) => Math.max(x, 0),
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  sqrt: Math.sqrt,
  square: (x) => x * x,
  tanh: Math.tanh,
};
const names = Object.keys(references) as UnaryKernel[];

/** Distance between neighbouring float32 at the size of `x`. */
function ulp(x: number): number {
  return 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - 23, -149);
}

const binaryReferences: Record<BinaryKernel, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  div: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  mul: (a, b) => a * b,
  sub: (a, b) => a - b,
};
const binaryNames = Object.keys(binaryReferences) as BinaryKernel[];

for (const backend of ["wasm-simd", "wasm-fma"] satisfies Backend[]) {
  describe(`pointwise kernels, ${backend}`, () => {
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

    test("the logarithm is within 2 ulp next to 1, where it is small", () => {
      const ones = new Uint32Array(new Float32Array([1]).buffer)[0]!;
      const bits = Uint32Array.from({ length: 40_000 }, (_, i) => ones + 17 * (i - 20_000));
      const x = new Float32Array(bits.buffer);
      const y = new Float32Array(x.length);
      unaryKernel("log", x, 0, y, 0, x.length);
      const worst = x.reduce((most, value, i) => {
        const want = Math.log(value);
        return Math.max(most, want === 0 ? Math.abs(y[i]!) : Math.abs(y[i]! - want) / ulp(want));
      }, 0);
      expect(worst).toBeLessThanOrEqual(2);
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

    test.each(binaryNames)("%s rounds the float64 result once, whatever the numbers", (name) => {
      const special = [
        0,
        -0,
        1,
        -1,
        3.5,
        Infinity,
        -Infinity,
        Number.NaN,
        1e-45,
        -3e-40,
        3e38,
        -3.4e38,
        1e-30,
      ];
      const pairs = special.flatMap((a) => special.map((b) => [a, b] as const));
      const a = Float32Array.from(pairs, ([x]) => x);
      const b = Float32Array.from(pairs, ([, y]) => y);
      const got = new Float32Array(a.length);
      expect(binaryKernel(name, a, 0, a.length, b, 0, a.length, got, 0, a.length)).toBe(true);
      expect(got).toEqual(a.map((x, i) => binaryReferences[name](x, b[i]!)));
    });

    test.each([
      [1, 5],
      [7, 7],
      [1, 20_000],
      [3, 24_000], // rows that do not divide a piece
      [8192, 24_576],
      [8195, 24_585], // rows longer than a piece
      [20_000, 20_000],
    ])("operands of %i elements repeat until there are %i", (period, n) => {
      const long = Float32Array.from({ length: n + 2 }, (_, i) => Math.cos(i));
      const short = Float32Array.from({ length: period + 3 }, (_, i) => 2 + Math.sin(i));
      const got = new Float32Array(n + 7).fill(9);
      const want = (f: (a: number, b: number) => number): Float32Array =>
        got.map((_, i) => (i < 5 || i >= n + 5 ? 9 : f(long[i - 3]!, short[3 + ((i - 5) % period)]!)));
      binaryKernel("sub", long, 2, n, short, 3, period, got, 5, n);
      expect(got).toEqual(want((a, b) => a - b));
      binaryKernel("div", short, 3, period, long, 2, n, got, 5, n);
      expect(got).toEqual(want((a, b) => b / a));
    });
  });
}

test("a few elements, and a forced plain backend, are left to the caller", () => {
  const x = new Float32Array(100_000);
  expect(unaryKernel("exp", x, 0, x, 0, 4)).toBe(false);
  setBackend("js");
  expect(unaryKernel("exp", x, 0, x, 0, x.length)).toBe(false);
  expect(binaryKernel("add", x, 0, x.length, x, 0, 1, x, 0, x.length)).toBe(false);
  setBackend("auto");
  expect(binaryKernel("add", x, 0, 100, x, 0, 1, x, 0, 100)).toBe(false);
  expect(x.every((value) => value === 0)).toBe(true);
});
