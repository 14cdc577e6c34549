import { type Tensor, zeros } from "@rnn/tensor";
import { type FloatArray, type FloatDType, floats } from "../dtype.ts";
import { addRun } from "../memory/copy-run.ts";

/**
 * The gradient of a table of which only some rows are not zero, such as the words of a batch in a vocabulary.
 *
 * @remarks
 * The gradient of an {@link Embedding} collects like this in {@link Variable.rowGrad}, until somebody reads `grad`: then
 * it becomes a tensor of the table's shape, with the same values. The backward function of {@link record} may return one.
 *
 * @example
 * ```ts
 * import { RowGradient } from "@rnn/nn";
 *
 * const gradient = new RowGradient([4, 2], Int32Array.of(2, 0), Float32Array.of(1, 2, 3, 4));
 * gradient.toTensor().toArray(); // => [[3, 4], [0, 0], [1, 2], [0, 0]]
 * ```
 *
 * @public
 */
export class RowGradient {
  /** `[count, width]` of the whole gradient. */
  readonly shape: readonly [number, number];
  /** The rows that may differ from zero, each once, in any order. */
  readonly rows: Int32Array;
  /** The values of those rows, one row after another. */
  readonly values: Float32Array | Float64Array;

  constructor(shape: readonly [number, number], rows: Int32Array, values: Float32Array | Float64Array) {
    this.shape = shape;
    this.rows = rows;
    this.values = values;
  }

  /** The element type of the values. */
  get dtype(): FloatDType {
    return dtypeOf(this.values);
  }

  /** All of the gradient, zeros included. */
  toTensor(): Tensor {
    const dense = zeros(this.shape, { dtype: this.dtype });
    this.addTo(dense.data as FloatArray);
    return dense;
  }

  /** Adds the rows to a table of the shape of the gradient. */
  addTo(table: Float32Array | Float64Array): void {
    const width = this.shape[1];
    addRows(table, this.rows, this.values, width);
  }

  /** The sum of two gradients of one shape. */
  plus(other: RowGradient): RowGradient {
    const { shape, values } = this;
    const both = floats(this.dtype, values.length + other.values.length);
    both.set(values);
    both.set(other.values, values.length);
    const rows = new Int32Array(this.rows.length + other.rows.length);
    rows.set(this.rows);
    rows.set(other.rows, this.rows.length);
    return sumRows(
      shape,
      rows,
      null,
      both,
      rows.map((_, i) => i * shape[1]),
    );
  }
}

function dtypeOf(values: FloatArray): FloatDType {
  return values instanceof Float32Array ? "float32" : "float64";
}

function addRows(table: FloatArray, rows: Int32Array, values: FloatArray, width: number): void {
  for (let i = 0; i < rows.length; i++) {
    addRun(values, i * width, table, rows[i]! * width, width);
  }
}

/** For each row of a table its position in a list, plus 1; zeros between calls. Made for the largest table so far. */
let positions = new Int32Array(0);

/**
 * Adds up what belongs to the same row of a table: for each index, the elements of `source` from `starts` on.
 *
 * @param skipped - an index that is left out
 */
export function sumRows(
  shape: readonly [number, number],
  indices: ArrayLike<number>,
  skipped: number | null,
  source: FloatArray,
  starts: Int32Array,
): RowGradient {
  const [count, width] = shape;
  if (positions.length < count) positions = new Int32Array(count);
  const rows = new Int32Array(Math.min(count, indices.length));
  let found = 0;
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i]!;
    if (row === skipped || positions[row] !== 0) continue;
    rows[found] = row;
    positions[row] = ++found;
  }
  const values = floats(dtypeOf(source), found * width);
  for (let i = 0; i < indices.length; i++) {
    const to = (positions[indices[i]!]! - 1) * width;
    if (to >= 0) addRun(source, starts[i]!, values, to, width);
  }
  for (let i = 0; i < found; i++) positions[rows[i]!] = 0;
  return new RowGradient(shape, rows.subarray(0, found), values);
}
