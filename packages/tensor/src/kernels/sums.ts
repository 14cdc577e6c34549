import { wasmKernels } from "./backend.ts";
import { columnKernels, passColumns } from "./columns.ts";
import { simdFrom } from "./thresholds.ts";
import type { WasmKernels } from "./wasm.ts";
import { WINDOW, Window } from "./window.ts";

// All take contiguous float32, add up in float64 and round once. They return false, and write nothing, if a plain loop is
// to be used: short rows, or no SIMD here.

/** The sums of the rows of `x[out.length, n]`, over `divisor`. */
export function sumRows(
  x: Float32Array,
  offset: number,
  n: number,
  divisor: number,
  out: Float32Array,
): boolean {
  const wasm = rowKernels(n);
  if (!wasm) return false;
  const { exports } = wasm;
  const window = new Window(wasm, x, offset, n * out.length);
  for (let row = 0; row < out.length; row++) {
    out[row] = addUp(window, row * n, n, (count, at) => exports.sum(count, at)) / divisor;
  }
  return true;
}

/** The Euclidean norms of the rows of `x[out.length, n]`. */
export function normRows(x: Float32Array, offset: number, n: number, out: Float32Array): boolean {
  const wasm = rowKernels(n);
  if (!wasm) return false;
  const { exports } = wasm;
  const window = new Window(wasm, x, offset, n * out.length);
  for (let row = 0; row < out.length; row++) {
    out[row] = Math.sqrt(addUp(window, row * n, n, (count, at) => exports.squareSum(count, at, 0)));
  }
  return true;
}

/** The squared distances of the rows of `x[out.length, n]` from their means, over `divisor`, and then `finish`. */
export function varianceRows(
  x: Float32Array,
  offset: number,
  n: number,
  divisor: number,
  finish: (variance: number) => number,
  out: Float32Array,
): boolean {
  const wasm = rowKernels(n);
  if (!wasm) return false;
  const { exports } = wasm;
  const window = new Window(wasm, x, offset, n * out.length);
  for (let row = 0; row < out.length; row++) {
    const mean = addUp(window, row * n, n, (count, at) => exports.sum(count, at)) / n;
    out[row] = finish(addUp(window, row * n, n, (count, at) => exports.squareSum(count, at, mean)) / divisor);
  }
  return true;
}

/** The sums of the columns of `x[rows, columns]`, over `divisor`, written from `out[to]` on. */
export function sumColumns(
  x: Float32Array,
  offset: number,
  rows: number,
  columns: number,
  divisor: number,
  out: Float32Array,
  to: number,
): boolean {
  const wasm = columnKernels(rows, columns);
  if (!wasm) return false;
  let sums: Float64Array;
  return passColumns(wasm, x, offset, rows, columns, {
    enter(address, width) {
      sums = new Float64Array(wasm.memory.floats.buffer, address, width).fill(0);
    },
    rows: (address, count, width) => wasm.exports.sumColumns(count, width, address, sums.byteOffset),
    leave(first, count) {
      for (let j = 0; j < count; j++) out[to + first + j] = sums[j]! / divisor;
    },
  });
}

/** The SIMD module, with room for a window, for rows of `n` elements. */
function rowKernels(n: number): WasmKernels | undefined {
  const wasm = wasmKernels(n < simdFrom.sums);
  return wasm?.memory.reserve(wasm.scratchStart + 4 * WINDOW) ? wasm : undefined;
}

/** Adds up what `sum` gives for the pieces of a row that fit a window. */
function addUp(
  window: Window,
  from: number,
  n: number,
  sum: (count: number, address: number) => number,
): number {
  let total = 0;
  for (let done = 0; done < n; done += WINDOW) {
    const count = Math.min(WINDOW, n - done);
    total += sum(count, window.addressOf(from + done, count));
  }
  return total;
}
