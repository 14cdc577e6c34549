import { Tensor } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import type { Lengths } from "../lengths.ts";
import { zerosLike } from "./buffers.ts";

/** The rows of a batch ordered by length, longest first, so that the rows that have step t are the first ones. */
export interface RowOrder {
  /** The original row at each sorted place. */
  readonly rowAt: Int32Array;
  /** The sorted place of each original row. */
  readonly placeOf: Int32Array;
  /** The number of rows that have step t, for every t. */
  readonly rowsAt: Int32Array;
}

/** Sorts rows by length; rows of equal length keep their order. `null` if every row has all `steps`. */
export function orderByLength(lengths: Lengths, steps: number): RowOrder | null {
  if (lengths.every((length) => length === steps)) return null;
  const rowAt = Int32Array.from(lengths.keys()).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const placeOf = new Int32Array(lengths.length);
  const rowsAt = new Int32Array(steps);
  rowAt.forEach((row, place) => {
    placeOf[row] = place;
    for (let t = 0; t < lengths[row]!; t++) rowsAt[t]!++;
  });
  return { rowAt, placeOf, rowsAt };
}

/** The rows of `x` `[K, N, width]` in sorted order. */
export function sortRows(x: Variable, { rowAt, placeOf }: RowOrder): Variable {
  return record("sortRows", [x], takeRows(x.value, rowAt), (dy) => [takeRows(dy, placeOf)]);
}

/** Undoes {@link sortRows}. */
export function unsortRows(x: Variable, { rowAt, placeOf }: RowOrder): Variable {
  return record("unsortRows", [x], takeRows(x.value, placeOf), (dy) => [takeRows(dy, rowAt)]);
}

/**
 * A contiguous copy of `x` `[K, N, width]`, of any strides, whose row i is row `from[i]` of `x`.
 *
 * With `rowsAt`, only the first `rowsAt[k]` rows of each k are copied and the rest is zero: whatever stands in the
 * padding, NaN included, is never computed with.
 */
export function takeRows(x: Tensor, from: Int32Array, rowsAt?: Int32Array): Tensor {
  const [K, N, width] = x.shape as [number, number, number];
  const [outerStride, rowStride, stride] = x.strides as [number, number, number];
  const source = x.data as FloatArray;
  const target = zerosLike(source, K * N * width);
  for (let k = 0; k < K; k++) {
    const rows = rowsAt === undefined ? N : rowsAt[k]!;
    for (let i = 0; i < rows; i++) {
      let read = x.offset + k * outerStride + from[i]! * rowStride;
      const start = (k * N + i) * width;
      for (let write = start; write < start + width; write++, read += stride) target[write] = source[read]!;
    }
  }
  return new Tensor(target, x.shape);
}
