import { ShapeError, Tensor } from "@rnn/tensor";
import { describe } from "./describe.ts";
import { printShape } from "./shape.ts";

/**
 * How many steps each row of a batch has: any order, zero included.
 *
 * @public
 */
export type Lengths = readonly number[] | Int32Array;

/** Throws unless there is one length of at most `steps` for each row; `shape` is that of the input. */
export function checkLengths(
  where: string,
  lengths: Lengths,
  steps: number,
  batch: number,
  shape: readonly number[],
): void {
  checkLengthList(where, lengths);
  if (lengths.length !== batch) {
    throw new ShapeError(
      `${where}: lengths has ${lengths.length} entries, but the batch has ${batch} rows (input shape ${printShape(shape)})`,
    );
  }
  checkLengthRange(where, lengths, steps);
}

/** Throws unless `lengths` is a list of numbers. */
export function checkLengthList(where: string, lengths: Lengths): void {
  if (Array.isArray(lengths) || lengths instanceof Int32Array) return;
  const hint = (lengths as unknown) instanceof Tensor ? "; pass Int32Array.from(lengths.data)" : "";
  throw new TypeError(
    `${where}: lengths must be an array of integers or an Int32Array, got ${describe(lengths)}${hint}`,
  );
}

/** Throws unless every length is an integer from 0 to `steps`. */
export function checkLengthRange(where: string, lengths: Lengths, steps: number): void {
  lengths.forEach((length, row) => {
    if (Number.isInteger(length) && length >= 0 && length <= steps) return;
    throw new RangeError(
      `${where}: lengths[${row}] must be an integer from 0 to ${steps}, the number of steps, got ${describe(length)}`,
    );
  });
}

/** A copy of the lengths, which may change before the backward pass; all of `steps` if there are none. */
export function lengthsOrAll(lengths: Lengths | undefined, batch: number, steps: number): Int32Array {
  return lengths === undefined ? new Int32Array(batch).fill(steps) : Int32Array.from(lengths);
}
