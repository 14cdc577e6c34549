import { wasmKernels } from "./backend.ts";
import { COLUMNS_FROM, FEWEST_COLUMNS } from "./thresholds.ts";
import type { WasmKernels } from "./wasm.ts";
import { copyLines } from "./wasm-copy.ts";

/** Columns and elements per pass: 64 KB stay in the second-level cache. */
const MOST_COLUMNS = 2048;
const MOST_ELEMENTS = 16_384;

/** What goes through the columns of a matrix in linear memory. Columns are a multiple of four: those behind the last mean nothing. */
export interface ColumnPass {
  /** The next block of columns starts: its results are to be kept from `address` on. */
  enter(address: number, columns: number, firstColumn: number): void;
  /** The next rows of the block. */
  rows(address: number, rows: number, columns: number, firstRow: number): void;
  /** The block is through; `count` of its columns exist. */
  leave(firstColumn: number, count: number): void;
}

/**
 * Brings a contiguous matrix `x[rows, columns]` to linear memory, block by block of columns, each block some rows at a time.
 * Results may take 8 bytes per column.
 *
 * @returns false, and nothing happens, if there is no room.
 */
export function passColumns(
  { memory, scratchStart }: WasmKernels,
  x: Float32Array,
  offset: number,
  rows: number,
  columns: number,
  pass: ColumnPass,
): boolean {
  const results = scratchStart + 4 * MOST_ELEMENTS;
  if (!memory.reserve(results + 8 * MOST_COLUMNS)) return false;
  for (let first = 0; first < columns; first += MOST_COLUMNS) {
    const count = Math.min(MOST_COLUMNS, columns - first);
    const width = Math.ceil(count / 4) * 4;
    const most = Math.floor(MOST_ELEMENTS / width);
    pass.enter(results, width, first);
    for (let row = 0; row < rows; row += most) {
      const piece = Math.min(most, rows - row);
      const at = offset + row * columns + first;
      copyLines(memory.floats, scratchStart / 4, width, x, at, columns, piece, count);
      pass.rows(scratchStart, piece, width, row);
    }
    pass.leave(first, count);
  }
  return true;
}

/** The SIMD module for a matrix `[rows, columns]`; `undefined` if plain loops are to be used. */
export function columnKernels(rows: number, columns: number): WasmKernels | undefined {
  const isNarrow = columns < FEWEST_COLUMNS && columns % 4 !== 0;
  return wasmKernels(isNarrow || rows * columns < COLUMNS_FROM);
}
