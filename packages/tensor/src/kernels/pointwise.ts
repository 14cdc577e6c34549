import { wasmKernels } from "./backend.ts";
import { ARITHMETIC_FROM, MATHEMATICS_FROM } from "./thresholds.ts";
import { copyRun } from "./wasm-copy.ts";

/** Functions of one element that have a SIMD kernel. */
export type UnaryKernel = "abs" | "exp" | "log" | "neg" | "relu" | "sigmoid" | "sqrt" | "square" | "tanh";

/** Those for which `Math` takes long. */
const mathematics: readonly UnaryKernel[] = ["exp", "log", "sigmoid", "tanh"];

/** Functions of two elements that have one. */
export type BinaryKernel = "add" | "div" | "maximum" | "minimum" | "mul" | "sub";

/** Elements per pass: twice 32 KB in linear memory stay in the second-level cache from copying in to copying out. */
const CHUNK = 8192;

/**
 * Applies a function to `n` neighbouring float32 elements with SIMD; `source` and `target` may be the same.
 *
 * @remarks
 * Within 4 units in the last place of the float64 function rounded to float32. NaN stays NaN; infinities, signed zeros
 * and denormals give what the float64 function gives.
 *
 * @returns false, and nothing is written, if a plain loop is to be used: few elements, or no SIMD here.
 */
export function unaryKernel(
  name: UnaryKernel,
  source: Float32Array,
  sourceOffset: number,
  target: Float32Array,
  targetOffset: number,
  n: number,
): boolean {
  const wasm = wasmKernels(n < (mathematics.includes(name) ? MATHEMATICS_FROM : ARITHMETIC_FROM));
  if (!wasm) return false;
  const { exports, memory, scratchStart } = wasm;
  if (!memory.reserve(scratchStart + 4 * CHUNK)) return false;
  const { floats } = memory;
  const at = scratchStart / 4;
  for (let done = 0; done < n; done += CHUNK) {
    const count = Math.min(CHUNK, n - done);
    copyRun(floats, at, source, sourceOffset + done, count);
    exports[name](count, scratchStart);
    copyRun(target, targetOffset + done, floats, at, count);
  }
  return true;
}

/**
 * Applies a function to `n` neighbouring float32 elements of two operands with SIMD. One operand has `n` elements, the
 * other `n` too or fewer that repeat: a number, or a row that is added to every row.
 *
 * @returns false, and nothing is written, if a plain loop is to be used: few elements, or no SIMD here.
 */
export function binaryKernel(
  name: BinaryKernel,
  a: Float32Array,
  aOffset: number,
  aSize: number,
  b: Float32Array,
  bOffset: number,
  bSize: number,
  target: Float32Array,
  targetOffset: number,
  n: number,
): boolean {
  const wasm = wasmKernels(n < ARITHMETIC_FROM);
  if (!wasm) return false;
  const { exports, memory, scratchStart } = wasm;
  if (!memory.reserve(scratchStart + 8 * CHUNK)) return false;
  const { floats } = memory;
  const aAt = scratchStart / 4;
  const bAt = aAt + CHUNK;
  const period = Math.min(aSize, bSize);
  // short rows are laid out once, as often as they fit; a piece of a long one ends where the row ends
  const isFilled = period < n && period <= CHUNK;
  const most = isFilled ? CHUNK - (CHUNK % period) : CHUNK;
  if (isFilled && aSize === period) fillPeriods(floats, aAt, a, aOffset, period, Math.min(most, n));
  if (isFilled && bSize === period) fillPeriods(floats, bAt, b, bOffset, period, Math.min(most, n));
  const to = aSize === n ? aAt : bAt;
  for (let done = 0, count = 0; done < n; done += count) {
    count = Math.min(most, n - done, isFilled ? most : period - (done % period));
    if (!isFilled || aSize === n) copyRun(floats, aAt, a, aOffset + (done % aSize), count);
    if (!isFilled || bSize === n) copyRun(floats, bAt, b, bOffset + (done % bSize), count);
    exports[name](count, 4 * aAt, 4 * bAt, 4 * to);
    copyRun(target, targetOffset + done, floats, to, count);
  }
  return true;
}

/** Fills `count` elements with `period` elements again and again. */
function fillPeriods(
  floats: Float32Array,
  at: number,
  source: Float32Array,
  offset: number,
  period: number,
  count: number,
): void {
  copyRun(floats, at, source, offset, period);
  for (let filled = period; filled < count; filled *= 2) {
    floats.copyWithin(at + filled, at, at + Math.min(filled, count - filled));
  }
}
