import { wasmKernels } from "./backend.ts";
import { columnKernels, passColumns } from "./columns.ts";
import { SUMS_FROM } from "./thresholds.ts";
import type { WasmExports } from "./wasm.ts";
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
  return reduceRows(x, offset, n, out, ({ sum }, total) => total(sum) / divisor);
}

/** The Euclidean norms of the rows of `x[out.length, n]`. */
export function normRows(x: Float32Array, offset: number, n: number, out: Float32Array): boolean {
  return reduceRows(x, offset, n, out, ({ squareSum }, total) => Math.sqrt(total(squareSum)));
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
  return reduceRows(x, offset, n, out, ({ sum, squareSum }, total) =>
    finish(total(squareSum, total(sum) / n) / divisor),
  );
}

/** Adds up, over a row, what a kernel gives for a piece of it; `shift` is handed on. */
type RowTotal = (kernel: (count: number, address: number, shift: number) => number, shift?: number) => number;

function reduceRows(
  x: Float32Array,
  offset: number,
  n: number,
  out: Float32Array,
  reduce: (exports: WasmExports, total: RowTotal) => number,
): boolean {
  const wasm = wasmKernels(n < SUMS_FROM);
  if (!wasm?.memory.reserve(wasm.scratchStart + 4 * WINDOW)) return false;
  const window = new Window(wasm, x, offset, n * out.length);
  let start = 0;
  const total: RowTotal = (kernel, shift = 0) => {
    let sum = 0;
    for (let done = 0; done < n; done += WINDOW) {
      const count = Math.min(WINDOW, n - done);
      sum += kernel(count, window.addressOf(start + done, count), shift);
    }
    return sum;
  };
  for (let row = 0; row < out.length; row++, start += n) out[row] = reduce(wasm.exports, total);
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
