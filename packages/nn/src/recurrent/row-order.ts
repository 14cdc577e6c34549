import { Tensor } from "@rnn/tensor";
import { gradientUse, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray, FloatDType } from "../dtype.ts";
import { lentZeros } from "../memory/buffer-pool.ts";
import { copyRun } from "../memory/copy-run.ts";
import { zerosLike } from "./buffers.ts";
import type { IsStep } from "./valid-steps.ts";

/**
 * How a ragged batch is rearranged for a run: each row's steps follow one another from 0 on, and the rows are sorted by
 * their number, most first, so that the rows that have step t are the first ones.
 */
export interface RowOrder {
  /** The original row at each sorted place. */
  readonly rowAt: Int32Array;
  /** The sorted place of each original row. */
  readonly placeOf: Int32Array;
  /** The number of rows that have step t, for every t. */
  readonly rowsAt: Int32Array;
  /** Where step k of the row at place i stands in the original `[L, N]`, at `k * N + i`; -1 if the row has no such step. */
  readonly source: Int32Array;
  /** Where an original step, at `t * N + row`, stands in the rearranged `[L, N]`; -1 if it is not run. */
  readonly target: Int32Array;
}

/** Sorts rows by their number of steps; equal ones keep their order. `null` if every row has all `steps`. */
export function orderSteps(steps: number, batch: number, isStep: IsStep): RowOrder | null {
  const counts = new Int32Array(batch);
  for (let t = 0; t < steps; t++) {
    for (let row = 0; row < batch; row++) if (isStep(t, row)) counts[row]!++;
  }
  if (counts.every((count) => count === steps)) return null;
  const rowAt = Int32Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const placeOf = new Int32Array(batch);
  const rowsAt = new Int32Array(steps);
  const source = new Int32Array(steps * batch).fill(-1);
  const target = source.slice();
  rowAt.forEach((row, place) => {
    placeOf[row] = place;
    let k = 0;
    for (let t = 0; t < steps; t++) {
      if (!isStep(t, row)) continue;
      source[k * batch + place] = t * batch + row;
      target[t * batch + row] = k * batch + place;
      rowsAt[k++]!++;
    }
  });
  return { rowAt, placeOf, rowsAt, source, target };
}

/** `x` `[K, N, width]` with its rows in sorted order. */
export function sortRows(x: Variable, { rowAt, placeOf }: RowOrder): Variable {
  return rearranged("sortRows", x, rowIn(rowAt), rowIn(placeOf));
}

/** Undoes {@link sortRows}. */
export function unsortRows(x: Variable, { rowAt, placeOf }: RowOrder): Variable {
  return rearranged("unsortRows", x, rowIn(placeOf), rowIn(rowAt));
}

/** `x` `[L, N, width]` with its steps and rows as the run wants them, zeros where a row has no step. */
export function gatherSteps(x: Variable, { source, target }: RowOrder): Variable {
  return rearranged(
    "gatherSteps",
    x,
    (at) => source[at]!,
    (at) => target[at]!,
  );
}

/** Undoes {@link gatherSteps}: zeros in the steps that are not run. */
export function scatterSteps(x: Variable, { source, target }: RowOrder): Variable {
  return rearranged(
    "scatterSteps",
    x,
    (at) => target[at]!,
    (at) => source[at]!,
  );
}

/** For each place of a `[K, N]` grid, as `k * N + n`, the place that it comes from; -1 for zeros. */
type Source = (at: number, N: number) => number;

/** The row `from[n]` of the same k. */
function rowIn(from: Int32Array): Source {
  return (at, N) => at - (at % N) + from[at % N]!;
}

function rearranged(name: string, x: Variable, source: Source, back: Source): Variable {
  const taken = takeRows(x.value, source, zerosLike(x.value.data as FloatArray, x.value.size));
  const result = record(name, [x], taken, (dy) => [
    takeRows(dy, back, lentZeros(dy.shape, dy.dtype as FloatDType).data as FloatArray),
  ]);
  return gradientUse("read", result);
}

/**
 * A contiguous `[K, N, width]` of the rows of `x`, of the same shape and any strides, written to the zeros `taken`.
 *
 * What is not taken, NaN included, is never computed with.
 */
export function takeRows(x: Tensor, source: Source, taken: FloatArray): Tensor {
  const [K, N, width] = x.shape as [number, number, number];
  const [outerStride, rowStride, stride] = x.strides as [number, number, number];
  const from = x.data as FloatArray;
  for (let at = 0; at < K * N; at++) {
    const place = source(at, N);
    if (place < 0) continue;
    const n = place % N;
    const read = x.offset + ((place - n) / N) * outerStride + n * rowStride;
    const write = at * width;
    if (stride === 1) copyRun(from, read, taken, write, width);
    else for (let j = 0; j < width; j++) taken[write + j] = from[read + j * stride]!;
  }
  return new Tensor(taken, x.shape);
}
