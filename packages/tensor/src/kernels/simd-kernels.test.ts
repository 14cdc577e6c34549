import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeModule } from "../../../../scripts/wasm-text.ts";
import { type Backend, setBackend } from "./backend.ts";
import { gemmReference } from "./gemm-reference.ts";
import { hasRelaxedSimd } from "./simd.ts";
import { type SimdKernels, simdKernels } from "./simd-kernels.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (!hasRelaxedSimd()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const waves = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.cos(1.7 * i));

for (const backend of ["wasm-simd", "wasm-fma"] satisfies Backend[]) {
  describe(`packed products, ${backend}`, () => {
    beforeAll(() => setBackend(backend));
    afterAll(() => setBackend("auto"));

    test.each([
      [1, 1, 1],
      [1, 33, 5],
      [2, 17, 256],
      [5, 8, 257],
      [13, 40, 513],
      [130, 9, 31],
    ])("c[%i, %i] += a b over k = %i, as it is and transposed", (m, n, k) => {
      const { exports, memory, scratchStart } = simdKernels(false) as SimdKernels;
      const a = waves(m * k);
      const b = waves(k * n);
      for (const [bRow, bCol] of [
        [n, 1],
        [1, k],
      ] as const) {
        const want = new Float64Array(m * n).fill(2);
        // biome-ignore format: one operand per group
        gemmReference(
          m, n, k,
          Float64Array.from(a), 0, k, 1,
          Float64Array.from(b), 0, bRow, bCol, want, 0, n, true,
        );

        const [aAt, bAt, cAt, packedAt, scratch] = [0, 1, 2, 3, 4].map((i) => scratchStart + i * 2 ** 19) as [
          number,
          number,
          number,
          number,
          number,
        ];
        expect(memory.reserve(scratch + exports.gemmScratchBytes(n, k))).toBe(true);
        const { floats } = memory;
        floats.set(a, aAt / 4);
        floats.set(b, bAt / 4);
        floats.fill(2, cAt / 4, cAt / 4 + m * n);
        const end = (packedAt + exports.gemmPackedBytes(n, k)) / 4;
        floats[end] = 7;
        exports.gemmPack(n, k, bAt, 4 * bRow, 4 * bCol, packedAt);
        exports.gemmPacked(m, n, k, aAt, 4 * k, 4, packedAt, cAt, 4 * n, true, scratch);
        expectClose(floats.slice(cAt / 4, cAt / 4 + m * n), want, { rtol: 1e-5, atol: 1e-5 });
        expect(floats[end]).toBe(7);
      }
    });
  });
}

test("another module runs on the same memory", () => {
  const { instantiate, memory } = simdKernels(true) ?? (simdKernels(false) as SimdKernels);
  // (module (import "env" "memory" (memory 1)) (func (export "f") (param i32) (result f32) (f32.load (local.get 0))))
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01, 0x7d],
    ...[0x02, 0x0f, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x01],
    ...[0x03, 0x02, 0x01, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
    ...[0x0a, 0x09, 0x01, 0x07, 0x00, 0x20, 0x00, 0x2a, 0x02, 0x00, 0x0b],
  ];
  const text = encodeModule(Buffer.from(bytes), Buffer.from(bytes));
  const exports = instantiate(text) as { f(address: number): number };
  memory.floats[30_000] = 0.5;
  expect(exports.f(120_000)).toBe(0.5);
  expect(instantiate(text)).toBe(exports); // compiled once
});

test("small work and a forced plain backend are left to the caller", () => {
  expect(simdKernels(true)).toBe(undefined);
  setBackend("js");
  expect(simdKernels(false)).toBe(undefined);
  setBackend("auto");
});
