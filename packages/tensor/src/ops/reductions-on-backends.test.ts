import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tensor } from "../from.ts";
import { type Backend, setBackend } from "../kernels/backend.ts";
import { hasRelaxedSimd } from "../kernels/simd.ts";
import type { Tensor } from "../tensor.ts";
import { argmax, argmin } from "./arg-extremum.ts";
import { max, min } from "./extremum.ts";
import { norm } from "./norm.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { mean, sum } from "./sum.ts";
import { std, variance } from "./variance.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (!hasRelaxedSimd()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

/** [outer, n, inner], of which n is reduced: rows and columns, with and without rests, within a pass and longer than one. */
const shapes: [number, number, number][] = [
  [1, 1, 1],
  [3, 2, 1],
  [5, 3, 1],
  [2, 4, 1],
  [7, 5, 1],
  [3, 67, 1],
  [2, 16_384, 1],
  [2, 16_385, 1],
  [1, 50_003, 1],
  [2, 3, 2],
  [1, 6, 4],
  [2, 33, 5],
  [3, 9, 64],
  [1, 500, 37],
  [1, 5, 4099], // more than one block of columns
];

/** Numbers of both signs with many ties. */
function numbers(shape: readonly number[]): Tensor {
  const length = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: length + 3 }, (_, i) => ((i * 7919) % 1013) / 16 - 31);
  return tensor(data, { shape: [length + 3] })
    .slice([3])
    .reshape(shape);
}

/** A float64 result for every run, in order. */
function eachRun(x: Tensor, f: (run: number[]) => number): number[] {
  const [outer, n, inner] = x.shape as [number, number, number];
  return Array.from({ length: outer * inner }, (_, r) => {
    const start = x.offset + Math.floor(r / inner) * n * inner + (r % inner);
    return f(Array.from({ length: n }, (_, j) => x.data[start + j * inner]!));
  });
}

const total = (run: number[]): number => run.reduce((a, b) => a + b, 0);
const squaresFromMean = (run: number[]): number => {
  const center = total(run) / run.length;
  return run.reduce((a, b) => a + (b - center) ** 2, 0);
};

for (const backend of ["js", "wasm-simd", "wasm-fma"] satisfies Backend[]) {
  describe(`reductions, ${backend}`, () => {
    beforeAll(() => setBackend(backend));
    afterAll(() => setBackend("auto"));

    test.each(shapes)("sums of [%i, %i, %i] are those of float64, rounded once", (...shape) => {
      const x = numbers(shape);
      const n = shape[1];
      expect([...sum(x, { dim: 1 }).data]).toEqual(eachRun(x, (run) => Math.fround(total(run))));
      expect([...mean(x, { dim: 1 }).data]).toEqual(eachRun(x, (run) => Math.fround(total(run) / n)));
      expectClose(
        norm(x, { dim: 1 }).data,
        eachRun(x, (run) => Math.sqrt(total(run.map((value) => value * value)))),
        { rtol: 1e-7, atol: 0 },
      );
    });

    test.each(shapes)("variances of [%i, %i, %i] are those of float64", (...shape) => {
      const x = numbers(shape);
      const n = shape[1];
      const far = x.add(1000);
      expectClose(
        variance(far, { dim: 1, correction: 0 }).data,
        eachRun(far, (run) => squaresFromMean(run) / n),
        { rtol: 1e-6, atol: 0 },
      );
      if (n < 2) return;
      expectClose(
        std(x, { dim: 1 }).data,
        eachRun(x, (run) => Math.sqrt(squaresFromMean(run) / (n - 1))),
        { rtol: 1e-6, atol: 0 },
      );
    });

    test.each(shapes)("extremes of [%i, %i, %i] are the first ones", (...shape) => {
      const x = numbers(shape);
      const largest = eachRun(x, (run) => run.indexOf(run.reduce((a, b) => Math.max(a, b))));
      const smallest = eachRun(x, (run) => run.indexOf(run.reduce((a, b) => Math.min(a, b))));
      expect([...argmax(x, { dim: 1 }).data]).toEqual(largest);
      expect([...argmin(x, { dim: 1 }).data]).toEqual(smallest);
      expect([...max(x, { dim: 1 }).values.data]).toEqual(
        eachRun(x, (run) => run.reduce((a, b) => Math.max(a, b))),
      );
      expect([...min(x, { dim: 1 }).indices.data]).toEqual(smallest);
    });

    test("the first NaN is the extreme, wherever it is, and sums with NaN are NaN", () => {
      for (const n of [4, 5, 33, 70, 16_390, 40_000]) {
        for (const at of [0, 1, 3, n - 1, n >> 1]) {
          const x = numbers([n]).clone();
          x.data[n - 2] = Infinity;
          x.data[at] = Number.NaN;
          x.data[n - 1] = Number.NaN;
          expect(argmax(x).item()).toBe(at);
          expect(argmin(x).item()).toBe(at);
          expect(sum(x).item()).toBeNaN();
          const columns = x
            .unsqueeze(1)
            .mul(tensor([1, 2, 3, 1, 1, 1, 1, 1]))
            .contiguous();
          expect(argmax(columns, { dim: 0 }).toArray()).toEqual(new Array(8).fill(at));
          expect(argmin(columns, { dim: 0 }).toArray()).toEqual(new Array(8).fill(at));
        }
      }
    });

    test("only what is in a row is compared, also at the end of a long one", () => {
      for (const n of [16_385, 16_387, 32_769]) {
        const x = numbers([n]);
        expect(argmin(x.add(100)).item()).toBe(argmin(x).item());
        expect(argmax(x.sub(100)).item()).toBe(argmax(x).item());
        const last = x.add(100);
        last.data[n - 1] = 1;
        expect(argmin(last).item()).toBe(n - 1);
      }
    });

    test("infinities are the extremes, and zeros of either sign are equal", () => {
      const x = tensor([-0, 0, -1, -Infinity, -Infinity, -1, -1, -1, 0]);
      expect(argmax(x).item()).toBe(0);
      expect(argmin(x).item()).toBe(3);
      expect(argmax(tensor(new Array(9).fill(-Infinity))).item()).toBe(0);
      expect(argmin(tensor(new Array(9).fill(Infinity))).item()).toBe(0);
    });

    test("a sum keeps what float32 sums would lose", () => {
      const x = tensor(
        Float32Array.from({ length: 40_000 }, (_, i) => (i % 2 ? -1e8 : 1e8 + 8)),
        { shape: [40_000] },
      );
      expect(sum(x).item()).toBe(160_000);
      expect(sum(x.reshape([10_000, 4]), { dim: 0 }).toArray()).toEqual(
        [1e12, -1e12, 1e12, -1e12].map((v, i) => Math.fround(v + (i % 2 ? 0 : 80_000))),
      );
    });

    test.each(shapes)("softmax of [%i, %i, %i] is that of float64", (...shape) => {
      const x = numbers(shape);
      const logSums = eachRun(x, (run) => {
        const most = run.reduce((a, b) => Math.max(a, b));
        return most + Math.log(total(run.map((value) => Math.exp(value - most))));
      });
      const [, n, inner] = shape;
      const want = Float64Array.from({ length: x.size }, (_, i) => {
        const run = Math.floor(i / (n * inner)) * inner + (i % inner);
        return x.data[x.offset + i]! - logSums[run]!;
      });
      expectClose(logSoftmax(x, 1).data, want, { rtol: 3e-7, atol: 3e-7 });
      expectClose(softmax(x, 1).data, want.map(Math.exp), { rtol: 5e-7, atol: 1e-37 });
    });

    test("softmax takes out the largest number, also below zero", () => {
      const x = tensor([[-1000, -1001, -2000, -1000, -3000]]);
      const e = Math.exp(-1);
      expectClose(
        softmax(x, 1).data,
        [1, e, 0, 1, 0].map((value) => value / (2 + e)),
      );
      expectClose(
        logSoftmax(x, 1).data,
        [0, -1, -1000, 0, -2000].map((value) => value - Math.log(2 + e)),
      );
    });

    test("softmax of infinities and NaN is what their arithmetic gives, row by row", () => {
      const nan = Number.NaN;
      const x = tensor([
        [0, -Infinity, 0, -Infinity, -Infinity],
        [1, Infinity, 0, 0, 0],
        [1, nan, 0, 0, 0],
        [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
        [3e38, -3e38, 0, 0, 0],
        [1, 1, 1, 1, 1],
      ]);
      const nans = [nan, nan, nan, nan, nan];
      const want = [
        [0.5, 0, 0.5, 0, 0],
        nans,
        nans,
        nans,
        [1, 0, 0, 0, 0],
        new Array(5).fill(Math.fround(0.2)),
      ];
      expect(softmax(x, 1).toArray()).toEqual(want);
      expect(softmax(x.transpose(0, 1).contiguous(), 0).transpose(0, 1).toArray()).toEqual(want);
      const logs = logSoftmax(x, 1).toArray() as number[][];
      expect(logs[0]![1]).toBe(-Infinity);
      expect(logs.slice(1, 4)).toEqual([nans, nans, nans]);
      expectClose(Float32Array.from(logs[4]!), [0, -Infinity, -3e38, -3e38, -3e38]);
    });
  });
}
