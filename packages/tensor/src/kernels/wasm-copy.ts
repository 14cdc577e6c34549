import type { FloatArray } from "./gemm-types.ts";

/** Below so many elements, a loop copies faster than `set` with a subarray. */
const SHORT_COPY = 32;

/** Byte strides of an operand in linear memory: one of them is 4, the other 0 if the operand is broadcast. */
export interface OperandStrides {
  readonly row: number;
  readonly col: number;
}

/**
 * Copies a strided [rows, cols] operand to `floats[to]` and following, at most once per distinct element. Rows or columns
 * stay contiguous, whichever are; if neither is, the copy has contiguous rows.
 */
export function copyOperand(
  floats: Float32Array,
  to: number,
  rows: number,
  cols: number,
  source: FloatArray,
  offset: number,
  rowStride: number,
  colStride: number,
): OperandStrides {
  if (colStride === 1) {
    const broadcast = rowStride === 0;
    copyLines(floats, to, cols, source, offset, rowStride, broadcast ? 1 : rows, cols);
    return { row: broadcast ? 0 : 4 * cols, col: 4 };
  }
  if (rowStride === 1) {
    const broadcast = colStride === 0;
    copyLines(floats, to, rows, source, offset, colStride, broadcast ? 1 : cols, rows);
    return { row: 4, col: broadcast ? 0 : 4 * rows };
  }
  copyMatrix(floats, to, cols, 1, source, offset, rowStride, colStride, rows, cols);
  return { row: 4 * cols, col: 4 };
}

/** Copies a matrix `[rows, cols]` row by row between any strides. */
export function copyMatrix(
  to: FloatArray,
  toOffset: number,
  toRow: number,
  toCol: number,
  from: FloatArray,
  fromOffset: number,
  fromRow: number,
  fromCol: number,
  rows: number,
  cols: number,
): void {
  for (let i = 0; i < rows; i++) {
    let target = toOffset + i * toRow;
    let source = fromOffset + i * fromRow;
    for (let j = 0; j < cols; j++, target += toCol, source += fromCol) to[target] = from[source]!;
  }
}

/** Copies lines of `length` contiguous elements; lines that follow each other in both arrays are copied at once. */
export function copyLines(
  to: FloatArray,
  toOffset: number,
  toStride: number,
  from: FloatArray,
  fromOffset: number,
  fromStride: number,
  lines: number,
  length: number,
): void {
  if (lines === 1 || (toStride === length && fromStride === length)) {
    copyRun(to, toOffset, from, fromOffset, lines * length);
    return;
  }
  for (let line = 0; line < lines; line++) {
    copyRun(to, toOffset + line * toStride, from, fromOffset + line * fromStride, length);
  }
}

/** Copies `length` neighbouring elements. */
export function copyRun(
  to: FloatArray,
  toOffset: number,
  from: FloatArray,
  fromOffset: number,
  length: number,
): void {
  if (length < SHORT_COPY) {
    for (let i = 0; i < length; i++) to[toOffset + i] = from[fromOffset + i]!;
  } else {
    to.set(from.subarray(fromOffset, fromOffset + length), toOffset);
  }
}
