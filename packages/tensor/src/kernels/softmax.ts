import { wasmKernels } from "./backend.ts";
import { simdFrom } from "./thresholds.ts";
import { copyLines } from "./wasm-copy.ts";

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
  const wasm = n > LONGEST_ROW ? undefined : wasmKernels(out.length < simdFrom.softmax);
  if (!wasm) return false;
  const { exports, memory, scratchStart } = wasm;
  const most = Math.max(1, Math.floor(CHUNK / width));
  if (!memory.reserve(scratchStart + 4 * most * width)) return false;
  const { floats } = memory;
  const at = scratchStart / 4;
  const runs = outer * inner;
  for (let run = 0; run < runs; run += most) {
    const count = Math.min(most, runs - run);
    // what fills up the rows adds nothing to their sums
    if (width > n) floats.fill(-Infinity, at, at + count * width);
    if (inner === 1) {
      copyLines(floats, at, width, x, offset + run * n, n, count, n);
      exports[name](count, width, scratchStart);
      copyLines(out, run * n, n, floats, at, width, count, n);
    } else {
      for (let r = 0; r < count; r++) {
        copySteps(floats, at + r * width, 1, x, offset + startOf(run + r, n, inner), inner, n);
      }
      exports[name](count, width, scratchStart);
      for (let r = 0; r < count; r++) {
        copySteps(out, startOf(run + r, n, inner), inner, floats, at + r * width, 1, n);
      }
    }
  }
  return true;
}

/** Where run `[o, i]` of `[outer, n, inner]` starts. */
function startOf(run: number, n: number, inner: number): number {
  return Math.floor(run / inner) * n * inner + (run % inner);
}

function copySteps(
  to: Float32Array,
  toOffset: number,
  toStep: number,
  from: Float32Array,
  fromOffset: number,
  fromStep: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) to[toOffset + j * toStep] = from[fromOffset + j * fromStep]!;
}
