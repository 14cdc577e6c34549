import v8 from "node:v8";
import vm from "node:vm";
import { expectClose } from "@internal/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Backend, setBackend } from "./backend.ts";
import { gemmReference } from "./gemm-reference.ts";
import { PackedGemm } from "./packed-gemm.ts";
import { hasRelaxedSimd } from "./simd.ts";
import { type SimdKernels, simdKernels } from "./simd-kernels.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (!hasRelaxedSimd()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const waves = (length: number, step = 1.7): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.cos(step * i));

for (const backend of ["js", "wasm-simd", "wasm-fma"] satisfies Backend[]) {
  describe(`packed matrices, ${backend}`, () => {
    beforeAll(() => setBackend(backend));
    afterAll(() => setBackend("auto"));

    for (const Type of [Float32Array, Float64Array]) {
      test.each([
        [1, 1, 1],
        [1, 33, 5],
        [1, 800, 200],
        [3, 17, 257],
        [440, 2, 600], // more than one piece
      ])(`${Type.name}: c[%i, %i] (+)= a b over k = %i`, (m, n, k) => {
        const a = Type.from(waves(m * k));
        const b = Type.from(waves(k * n, 0.9));
        for (const [aRow, aCol] of [
          [k, 1],
          [1, m],
        ] as const) {
          for (const [bRow, bCol] of [
            [n, 1],
            [1, k],
          ] as const) {
            const packed = new PackedGemm(n, k, b, 0, bRow, bCol);
            for (const accumulate of [false, true]) {
              const c = new Type(3 + m * (n + 2)).fill(2);
              const want = new Float64Array(c.length).fill(2);
              packed.multiply(m, a, 0, aRow, aCol, c, 3, n + 2, accumulate);
              // biome-ignore format: one operand per group
              gemmReference(
                m, n, k,
                Float64Array.from(a), 0, aRow, aCol,
                Float64Array.from(b), 0, bRow, bCol,
                want, 3, n + 2, accumulate,
              );
              expectClose(c, want, { rtol: 2e-5, atol: 2e-5 });
            }
          }
        }
      });
    }

    test("what changes in the matrix afterwards does not show", () => {
      const b = new Float32Array(64).fill(1);
      const packed = new PackedGemm(8, 8, b, 0, 8, 1);
      b.fill(5);
      const c = new Float32Array(8);
      packed.multiply(1, new Float32Array(8).fill(1), 0, 8, 1, c, 0, 8, false);
      b.fill(6);
      packed.multiply(1, new Float32Array(8).fill(1), 0, 8, 1, c, 0, 8, true);
      expect([...c]).toEqual(new Array(8).fill(16));
    });
  });
}

test("packed matrices survive other kernels, which use the memory behind them", () => {
  setBackend("wasm-simd");
  const { scratchStart: before } = simdKernels(false) as SimdKernels;
  const one = new Float32Array(100).fill(1);
  const two = new Float32Array(100).fill(2);
  const c = new Float32Array(10);
  const packed = [one, two].map((b) => new PackedGemm(10, 10, b, 0, 10, 1));
  for (let i = 0; i < 2; i++) {
    packed[0]!.multiply(1, one, 0, 10, 1, c, 0, 10, false);
    expect(c[9]).toBe(10);
    packed[1]!.multiply(1, one, 0, 10, 1, c, 0, 10, false);
    expect(c[9]).toBe(20);
    const { memory, scratchStart } = simdKernels(false) as SimdKernels;
    expect(scratchStart).toBeGreaterThan(before);
    memory.floats.fill(Number.NaN, scratchStart / 4);
  }
  setBackend("auto");
});

test("memory of a packed matrix that nobody holds is used again", async () => {
  setBackend("wasm-simd");
  v8.setFlagsFromString("--expose-gc");
  const gc = vm.runInNewContext("gc") as () => void;
  const b = new Float32Array(1024 * 1024).fill(1);
  const c = new Float32Array(1024);
  const start = (): number => (simdKernels(false) as SimdKernels).scratchStart;
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await settle();
  const before = start();
  for (let i = 0; i < 5; i++)
    new PackedGemm(1024, 1024, b, 0, 1024, 1).multiply(1, b, 0, 1024, 1, c, 0, 1024, false);
  expect(start()).toBe(before + 5 * 2 ** 22);
  await settle();
  // one of them may still be on the stack; the others leave gaps
  new PackedGemm(1024, 1024, b, 0, 1024, 1).multiply(1, b, 0, 1024, 1, c, 0, 1024, false);
  expect(start()).toBeLessThanOrEqual(before + 5 * 2 ** 22);
  setBackend("auto");
});
