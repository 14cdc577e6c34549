import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkFloat } from "../dtype.ts";
import { checkLengths, type Lengths, lengthsOrAll } from "../lengths.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
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

/** The names of {@link SequenceLayoutOptions}. */
export const layoutOptionNames: OptionNames<SequenceLayoutOptions> = { batchFirst: true };

/** A batch of sequences of vectors, whatever its layout: element j of row n at step t is `at(n, t) + j * stride`. */
export interface Steps {
  readonly batch: number;
  readonly steps: number;
  readonly width: number;
  readonly stride: number;
  /** How many steps of each row are valid. */
  readonly ends: Int32Array;
  at(row: number, step: number): number;
  /** Visits all valid steps in the order in which they lie in memory; those of each row come in the order of time. */
  forEach(visit: (row: number, step: number) => void): void;
}

/** Reads the layout of `x` `[L, N, H]` or `[N, L, H]`, of any strides, and checks the lengths if there are any. */
export function stepsOf(
  where: string,
  x: Tensor,
  lengths: Lengths | undefined,
  options: SequenceLayoutOptions,
): Steps {
  const { batchFirst = false } = checkOptions(where, options, layoutOptionNames);
  checkFlag(where, "batchFirst", batchFirst);
  checkFloat(where, "input", x.dtype);
  if (x.ndim !== 3) {
    throw new ShapeError(
      `${where}: input has shape ${printShape(x.shape)}, expected ${batchFirst ? "[N,L,H]" : "[L,N,H]"}`,
    );
  }
  const [time, rows] = batchFirst ? [1, 0] : [0, 1];
  const steps = x.shape[time]!;
  const batch = x.shape[rows]!;
  if (lengths !== undefined) checkLengths(where, lengths, steps, batch, x.shape);
  const [stepStride, rowStride] = [x.strides[time]!, x.strides[rows]!];
  const ends = lengthsOrAll(lengths, batch, steps);
  return {
    batch,
    steps,
    width: x.shape[2]!,
    stride: x.strides[2]!,
    ends,
    at: (row, step) => x.offset + row * rowStride + step * stepStride,
    forEach: stepStride > rowStride ? forEachByStep : forEachByRow,
  };

  function forEachByStep(visit: (row: number, step: number) => void): void {
    for (let t = 0; t < steps; t++) {
      for (let n = 0; n < batch; n++) if (t < ends[n]!) visit(n, t);
    }
  }

  function forEachByRow(visit: (row: number, step: number) => void): void {
    for (let n = 0; n < batch; n++) {
      for (let t = 0; t < ends[n]!; t++) visit(n, t);
    }
  }
}
