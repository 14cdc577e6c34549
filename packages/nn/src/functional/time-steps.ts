import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkFloat } from "../dtype.ts";
import type { Lengths } from "../recurrent/lengths.ts";
import { printShape } from "../shape.ts";

/**
 * Which dimension of a sequence is time.
 *
 * @public
 */
export interface SequenceLayoutOptions {
  /** Whether the sequence is `[N, L, …]` instead of `[L, N, …]`. Default `false`. */
  batchFirst?: boolean | undefined;
}

/** A batch of sequences of vectors, whatever its layout: element j of row n at step t is `at(n, t) + j * stride`. */
export interface Steps {
  readonly batch: number;
  readonly steps: number;
  readonly width: number;
  readonly stride: number;
  at(row: number, step: number): number;
}

/** Reads the layout of `x` `[L, N, H]` or `[N, L, H]`, of any strides, and checks the lengths. */
export function stepsOf(
  where: string,
  x: Tensor,
  lengths: Lengths,
  { batchFirst = false }: SequenceLayoutOptions,
): Steps {
  checkFloat(where, "input", x.dtype);
  if (x.ndim !== 3) {
    throw new ShapeError(
      `${where}: input has shape ${printShape(x.shape)}, expected ${batchFirst ? "[N,L,H]" : "[L,N,H]"}`,
    );
  }
  const [time, rows] = batchFirst ? [1, 0] : [0, 1];
  const steps = x.shape[time]!;
  const batch = x.shape[rows]!;
  checkLengths(where, lengths, steps, batch, x.shape);
  const [stepStride, rowStride] = [x.strides[time]!, x.strides[rows]!];
  return {
    batch,
    steps,
    width: x.shape[2]!,
    stride: x.strides[2]!,
    at: (row, step) => x.offset + row * rowStride + step * stepStride,
  };
}

/** Throws unless there is one length of at most `steps` for each row; `shape` is that of the input. */
export function checkLengths(
  where: string,
  lengths: Lengths,
  steps: number,
  batch: number,
  shape: readonly number[],
): void {
  if (lengths.length !== batch) {
    throw new ShapeError(
      `${where}: lengths has ${lengths.length} entries, but the batch has ${batch} rows (input shape ${printShape(shape)})`,
    );
  }
  checkRange(where, lengths, steps);
}

/** Throws unless every length is an integer from 0 to `steps`. */
export function checkRange(where: string, lengths: Lengths, steps: number): void {
  lengths.forEach((length, row) => {
    if (Number.isInteger(length) && length >= 0 && length <= steps) return;
    throw new RangeError(
      `${where}: lengths[${row}] must be an integer from 0 to ${steps}, the number of steps, got ${length}`,
    );
  });
}
