import { wasmKernels } from "./backend.ts";
import { SOFTMAX_FROM } from "./thresholds.ts";
import { copyLines, copyMatrix } from "./wasm-copy.ts";

/** Elements per pass: 64 KB stay in the second-level cache from copying in to copying out. */
const CHUNK = 16_384;

/** Linear memory never shrinks, so longer rows are left to plain loops. */
const LONGEST_ROW = 2 ** 22;

/**
 * Softmax, or its logarithm, along the middle dimension of contiguous float32 `x[outer, n, inner]`.
 *
 * @returns false, and nothing is written, if a plain loop is to be used: few elements, or no SIMD here.
 */
export function softmaxKernel(
  name: "logSoftmax" | "softmax",
  x: Float32Array,
  offset: number,
  outer: number,
  n: number,
  inner: number,
  out: Float32Array,
): boolean {
  const width = Math.ceil(n / 4) * 4;
  const wasm = n > LONGEST_ROW ? undefined : wasmKernels(out.length < SOFTMAX_FROM);
  if (!wasm) return false;
  const { exports, memory, scratchStart } = wasm;
  const most = Math.max(1, Math.floor(CHUNK / width));
  if (!memory.reserve(scratchStart + 4 * most * width)) return false;
  const { floats } = memory;
  const at = scratchStart / 4;
  // what fills up the rows adds nothing to their sums
  const fill = (count: number): void => {
    if (width > n) floats.fill(-Infinity, at, at + count * width);
  };
  if (inner === 1) {
    for (let row = 0; row < outer; row += most) {
      const count = Math.min(most, outer - row);
      fill(count);
      copyLines(floats, at, width, x, offset + row * n, n, count, n);
      exports[name](count, width, scratchStart);
      copyLines(out, row * n, n, floats, at, width, count, n);
    }
    return true;
  }
  // columns become rows
  for (let block = 0; block < outer * n * inner; block += n * inner) {
    for (let column = 0; column < inner; column += most) {
      const count = Math.min(most, inner - column);
      const start = block + column;
      fill(count);
      copyMatrix(floats, at, 1, width, x, offset + start, inner, 1, n, count);
      exports[name](count, width, scratchStart);
      copyMatrix(out, start, inner, 1, floats, at, 1, width, n, count);
    }
  }
  return true;
}
