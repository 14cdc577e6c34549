import v8 from "node:v8";
import { describe, expect, test } from "vitest";
import { gemmJs } from "./gemm-js.ts";
import { gemmReference } from "./gemm-reference.ts";
import type { FloatArray, Gemm } from "./gemm-types.ts";
import { createWasmGemm } from "./gemm-wasm.ts";
import { hasRelaxedSimd } from "./simd.ts";
import { loadWasm, type WasmBuild } from "./wasm.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (!hasRelaxedSimd()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

/** A strided matrix as a kernel sees it. */
interface Matrix {
  readonly data: FloatArray;
  readonly offset: number;
  readonly rowStride: number;
  readonly colStride: number;
}

type FloatArrayConstructor = Float32ArrayConstructor | Float64ArrayConstructor;
type Fill = (index: number) => number;

/** Small whole numbers: every product and sum is exact in float32, so results must be equal, not close. */
const integers: Fill = (index) => ((index * 7 + (index >> 3) * 5) % 17) - 8;
const fractions: Fill = (index) => Math.sin(index * 1.37 + 0.5);

/** Every way in which a [rows, cols] matrix can lie in memory. Unused elements are NaN, so reading one shows. */
const layouts: Record<string, (rows: number, cols: number) => Omit<Matrix, "data"> & { length: number }> = {
  contiguous: (rows, cols) => ({ offset: 0, rowStride: cols, colStride: 1, length: rows * cols }),
  transposed: (rows, cols) => ({ offset: 0, rowStride: 1, colStride: rows, length: rows * cols }),
  offset: (rows, cols) => ({ offset: 5, rowStride: cols, colStride: 1, length: rows * cols + 5 }),
  "sliced columns": (rows, cols) => ({
    offset: 2,
    rowStride: cols + 3,
    colStride: 1,
    length: rows * (cols + 3) + 2,
  }),
  "sliced transposed": (rows, cols) => ({
    offset: 1,
    rowStride: 1,
    colStride: rows + 3,
    length: cols * (rows + 3) + 1,
  }),
  "every second element": (rows, cols) => ({
    offset: 1,
    rowStride: cols * 2,
    colStride: 2,
    length: rows * cols * 2 + 1,
  }),
  "broadcast rows": (_rows, cols) => ({ offset: 0, rowStride: 0, colStride: 1, length: cols }),
  "broadcast columns": (rows) => ({ offset: 0, rowStride: 1, colStride: 0, length: rows }),
  "one number": () => ({ offset: 3, rowStride: 0, colStride: 0, length: 4 }),
  reversed: (rows, cols) => ({
    offset: Math.max(rows * cols - 1, 0),
    rowStride: -cols,
    colStride: -1,
    length: rows * cols,
  }),
};

function matrix(Type: FloatArrayConstructor, layout: string, rows: number, cols: number, fill: Fill): Matrix {
  const { length, ...view } = layouts[layout]!(rows, cols);
  const data = new Type(length).fill(Number.NaN);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      data[view.offset + i * view.rowStride + j * view.colStride] = fill(i * cols + j);
    }
  }
  return { data, ...view };
}

/** C with guard elements around and between its rows. */
function output(Type: FloatArrayConstructor, m: number, rowStride: number): Matrix {
  const data = new Type(7 + m * rowStride + 9).map((_, index) => (index % 13) - 6);
  return { data, offset: 7, rowStride, colStride: 1 };
}

function run(
  kernel: Gemm,
  m: number,
  n: number,
  k: number,
  a: Matrix,
  b: Matrix,
  c: Matrix,
  accumulate: boolean,
): FloatArray {
  const out = c.data.slice();
  // biome-ignore format: one operand per line
  kernel(
    m, n, k,
    a.data, a.offset, a.rowStride, a.colStride,
    b.data, b.offset, b.rowStride, b.colStride,
    out, c.offset, c.rowStride, accumulate,
  );
  return out;
}

function expectEqual(got: FloatArray, want: FloatArray, what: string): void {
  for (let i = 0; i < want.length; i++) {
    if (!Object.is(got[i]! + 0, want[i]! + 0))
      throw new Error(`${what}: [${i}] is ${got[i]}, expected ${want[i]}`);
  }
}

const sizes = [0, 1, 3, 4, 5, 31, 64, 65];
const fewSizes = [0, 1, 5, 9, 33];
/** m, n, k beyond the block sizes of the kernels, with and without remainders. */
const largeSizes: [number, number, number][] = [
  [7, 19, 600],
  [130, 24, 257],
  [131, 41, 515],
  [241, 520, 9],
  [520, 130, 20],
  [1, 1030, 300],
  [300, 1, 700],
  [2, 200, 513],
  [129, 1100, 6],
];

function wasm(build: WasmBuild, memoryLimit?: number, wideBytes?: number): Gemm {
  const kernels = loadWasm(build);
  if (!kernels) throw new Error(`the ${build} build cannot run in this version of Node`);
  return createWasmGemm(kernels, memoryLimit, wideBytes);
}

const implementations: [name: string, kernel: Gemm, types: FloatArrayConstructor[]][] = [
  ["js", gemmJs, [Float32Array, Float64Array]],
  ["wasm-simd", wasm("simd"), [Float32Array]],
  ["wasm-fma", wasm("fma"), [Float32Array]],
  // so little memory that the large sizes are cut in two several times
  ["wasm-simd in 600 KB", wasm("simd", 600_000), [Float32Array]],
  ["wasm-simd in pieces", wasm("simd", undefined, 0), [Float32Array]],
];

for (const [name, kernel, types] of implementations) {
  for (const Type of types) {
    describe(`${name} gemm, ${Type.name}`, () => {
      const check = (
        m: number,
        n: number,
        k: number,
        layoutA: string,
        layoutB: string,
        cRowStride: number,
      ): void => {
        const a = matrix(Type, layoutA, m, k, integers);
        const b = matrix(Type, layoutB, k, n, (index) => integers(index + 3));
        const c = output(Type, m, cRowStride);
        for (const accumulate of [false, true]) {
          const what = `${m}x${n}x${k}, a ${layoutA}, b ${layoutB}, accumulate ${accumulate}`;
          expectEqual(
            run(kernel, m, n, k, a, b, c, accumulate),
            run(gemmReference, m, n, k, a, b, c, accumulate),
            what,
          );
        }
      };

      test.each(["contiguous", "transposed"])(
        "equals the reference for every size when a is %s",
        (layoutA) => {
          for (const layoutB of ["contiguous", "transposed"]) {
            for (const m of sizes)
              for (const n of sizes) for (const k of sizes) check(m, n, k, layoutA, layoutB, n);
          }
        },
      );

      test.each(Object.keys(layouts))("equals the reference when one operand is %s", (layout) => {
        for (const other of ["contiguous", "transposed"]) {
          for (const m of fewSizes) {
            for (const n of fewSizes) {
              for (const k of fewSizes) {
                check(m, n, k, layout, other, n);
                check(m, n, k, other, layout, n + 2);
              }
            }
          }
        }
      });

      test.each(largeSizes)("equals the reference beyond the block sizes: m %i, n %i, k %i", (m, n, k) => {
        for (const layoutA of ["contiguous", "transposed", "every second element"]) {
          for (const layoutB of ["contiguous", "transposed", "every second element"])
            check(m, n, k, layoutA, layoutB, n + 1);
        }
      });

      test("equals the reference for every height of the last tiles", () => {
        for (let m = 1; m <= 25; m++) {
          for (const n of [8, 11]) check(m, n, 70, "contiguous", "contiguous", n);
          for (const n of [8, 11]) check(m, n, 70, "transposed", "transposed", n);
        }
      });

      test("stays within the error bound of k roundings", () => {
        const unit = Type === Float32Array ? 2 ** -24 : 2 ** -53;
        for (const [m, n, k] of largeSizes) {
          const a = matrix(Type, "contiguous", m, k, fractions);
          const b = matrix(Type, "transposed", k, n, (index) => fractions(index + 11));
          const c = output(Type, m, n);
          const got = run(kernel, m, n, k, a, b, c, false);
          // the reference in float64, and the sum of absolute products that scales the bound (Higham 2002, 3.5)
          const wide = (x: Matrix): Matrix => ({ ...x, data: Float64Array.from(x.data) });
          const absolute = (x: Matrix): Matrix => ({ ...x, data: Float64Array.from(x.data, Math.abs) });
          const want = run(gemmReference, m, n, k, wide(a), wide(b), wide(c), false);
          const scale = run(gemmReference, m, n, k, absolute(a), absolute(b), wide(c), false);
          let worst = 0;
          for (let i = c.offset; i < c.offset + m * n; i++) {
            worst = Math.max(worst, Math.abs(got[i]! - want[i]!) / scale[i]!);
          }
          expect(worst, `${m}x${n}x${k}`).toBeLessThanOrEqual((k + 1) * unit);
        }
      });

      test("carries NaN and infinity to exactly the elements that they reach", () => {
        for (const [m, n, k] of [
          [5, 8, 16],
          [33, 41, 70],
          [1, 64, 9],
          [64, 1, 9],
        ] as const) {
          const a = matrix(Type, "contiguous", m, k, integers);
          const b = matrix(Type, "contiguous", k, n, integers);
          const c = output(Type, m, n);
          a.data[(m - 1) * k] = Number.NaN;
          b.data[n - 1] = Number.POSITIVE_INFINITY;
          b.data[(k - 1) * n] = Number.NEGATIVE_INFINITY;
          for (const accumulate of [false, true]) {
            const want = run(gemmReference, m, n, k, a, b, c, accumulate);
            expectEqual(run(kernel, m, n, k, a, b, c, accumulate), want, `${m}x${n}x${k}`);
          }
        }
      });

      test("a zero times infinity is NaN: no product is skipped", () => {
        const a = matrix(Type, "contiguous", 6, 40, () => 0);
        const b = matrix(Type, "contiguous", 40, 40, () => Number.POSITIVE_INFINITY);
        const got = run(kernel, 6, 40, 40, a, b, output(Type, 6, 40), false);
        expect(got.subarray(7, 7 + 240).every(Number.isNaN)).toBe(true);
      });
    });
  }
}
