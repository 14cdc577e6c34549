import { wasmKernels } from "./backend.ts";
import { columnKernels, passColumns } from "./columns.ts";
import { EXTREMES_FROM } from "./thresholds.ts";
import { WINDOW, Window } from "./window.ts";

// Both find the first largest (or smallest) of contiguous float32, or the first NaN. They return false, and write nothing,
// if a plain loop is to be used: few elements, or no SIMD here.

/** Positions in the rows of `x[indices.length, n]`. */
export function extremesOfRows(
  x: Float32Array,
  offset: number,
  n: number,
  largest: boolean,
  indices: Int32Array,
): boolean {
  const wasm = wasmKernels(n < EXTREMES_FROM);
  // the kernel needs a whole vector
  if (!wasm?.memory.reserve(wasm.scratchStart + 4 * WINDOW) || n < 4) return false;
  const { exports } = wasm;
  const sign = largest ? 1 : -1;
  const window = new Window(wasm, x, offset, n * indices.length);
  for (let row = 0; row < indices.length; row++) {
    const start = row * n;
    let best = 0;
    for (let done = 0; done < n; done += WINDOW) {
      // the last piece overlaps the one before if it would be shorter than a vector
      const from = Math.max(0, Math.min(done, n - 4));
      const count = Math.min(WINDOW, n - from);
      const index = from + exports.extremum(count, window.addressOf(start + from, count), sign);
      if (done === 0 || isBetter(x[offset + start + index]!, x[offset + start + best]!, largest))
        best = index;
    }
    indices[row] = best;
  }
  return true;
}

/** Whether a number replaces the best before it: a NaN does, and is not replaced. */
function isBetter(value: number, best: number, largest: boolean): boolean {
  return !Number.isNaN(best) && !(largest ? value <= best : value >= best);
}

/** Positions in the columns of `x[rows, columns]`, written from `indices[to]` on. */
export function extremesOfColumns(
  x: Float32Array,
  offset: number,
  rows: number,
  columns: number,
  largest: boolean,
  indices: Int32Array,
  to: number,
): boolean {
  const wasm = columnKernels(rows, columns);
  if (!wasm) return false;
  const { exports, memory } = wasm;
  const sign = largest ? 1 : -1;
  let best = 0;
  let found: Int32Array;
  return passColumns(wasm, x, offset, rows, columns, {
    enter(address, width, first) {
      // the best so far, and where it is: the first row
      best = address;
      memory.floats.set(x.subarray(offset + first, offset + Math.min(first + width, columns)), address / 4);
      found = new Int32Array(memory.floats.buffer, address + 4 * width, width).fill(0);
    },
    rows: (address, count, width, row) =>
      exports.extremumColumns(count, width, address, sign, row, best, found.byteOffset),
    leave: (first, count) => indices.set(found.subarray(0, count), to + first),
  });
}
