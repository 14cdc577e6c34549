import { checkIds, checkInteger, checkSize } from "./checks.ts";
import { show } from "./show.ts";

/**
 * The non-zero elements of one row of a {@link SparseMatrix}; `columns` ascend.
 *
 * @public
 */
export interface SparseRow {
  /** The column of each element. */
  readonly columns: Int32Array;
  /** The elements. */
  readonly values: Float32Array;
}

/**
 * The members of a {@link SparseMatrix}.
 *
 * @public
 */
export interface SparseTriplets {
  /** `[N, V]`. */
  readonly shape: readonly [number, number];
  /** The row of each element. */
  readonly rows: Int32Array;
  /** The column of each element. */
  readonly columns: Int32Array;
  /** The elements. */
  readonly values: Float32Array;
}

/**
 * A matrix `[N, V]` of which only some elements are kept, the others being 0: word counts of texts, for example.
 *
 * @remarks
 * Element `k` is `values[k]` at row `rows[k]` and column `columns[k]`. Elements are ordered by row, then column,
 * and no place occurs twice. {@link CountVectorizer} makes such matrices.
 *
 * @example
 * ```ts
 * import { SparseMatrix } from "@rnn/text";
 *
 * const matrix = new SparseMatrix({
 *   shape: [2, 3],
 *   rows: Int32Array.of(0, 1, 1),
 *   columns: Int32Array.of(2, 0, 1),
 *   values: Float32Array.of(5, 6, 7),
 * });
 * matrix.toDense(); // => [0, 0, 5, 6, 7, 0]
 * matrix.row(1); // => { columns: [0, 1], values: [6, 7] }
 * ```
 *
 * @public
 */
export class SparseMatrix implements SparseTriplets {
  /** `[N, V]`. */
  readonly shape: readonly [number, number];
  /** The row of each element. */
  readonly rows: Int32Array;
  /** The column of each element. */
  readonly columns: Int32Array;
  /** The elements. */
  readonly values: Float32Array;
  // elements of row n are those from #starts[n] to #starts[n + 1] - 1
  readonly #starts: Int32Array;

  /**
   * Wraps the arrays without copying them.
   *
   * @throws TypeError if a member is missing or of another kind.
   * @throws RangeError if a dimension is not a non-negative integer, the arrays differ in length, or elements are
   * outside the shape or out of order.
   */
  constructor(triplets: SparseTriplets) {
    checkMembers(triplets);
    const { shape, rows, columns, values } = triplets;
    checkInteger("SparseMatrix", "shape[0]", shape[0], 0);
    checkInteger("SparseMatrix", "shape[1]", shape[1], 0);
    checkElements(triplets);
    this.shape = shape;
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    this.#starts = startsOf(rows, shape[0]);
  }

  /**
   * A matrix from all its elements, one array per row; zeros are not kept.
   *
   * @throws TypeError if `rows` is not an array of arrays.
   * @throws RangeError if rows differ in length.
   *
   * @example
   * ```ts
   * import { SparseMatrix } from "@rnn/text";
   *
   * const matrix = SparseMatrix.fromArray([[0, 0, 5], [6, 7, 0]]);
   * matrix.columns; // => [2, 0, 1]
   * ```
   */
  static fromArray(rows: readonly ArrayLike<number>[]): SparseMatrix {
    return new SparseMatrix(tripletsOf(rows));
  }

  /**
   * The non-zero elements of a row, as views.
   *
   * @throws RangeError if there is no such row.
   */
  row(n: number): SparseRow {
    if (!Number.isInteger(n) || n < 0 || n >= this.shape[0]) {
      throw new RangeError(
        this.shape[0] === 0
          ? `SparseMatrix.row: there are no rows, got ${show(n)}`
          : `SparseMatrix.row: row must be an integer in 0..${this.shape[0] - 1}, got ${show(n)}`,
      );
    }
    const start = this.#starts[n];
    const end = this.#starts[n + 1];
    return { columns: this.columns.subarray(start, end), values: this.values.subarray(start, end) };
  }

  /** All elements, zeros too, row-major `[N, V]`. Allocates `N * V` numbers. */
  toDense(): Float32Array {
    const [numRows, numColumns] = this.shape;
    checkSize("SparseMatrix.toDense", numRows * numColumns);
    const dense = new Float32Array(numRows * numColumns);
    this.values.forEach((value, k) => {
      dense[(this.rows[k] as number) * numColumns + (this.columns[k] as number)] = value;
    });
    return dense;
  }

  /** All elements, zeros too, as one array per row. */
  toArray(): number[][] {
    const [numRows, numColumns] = this.shape;
    return Array.from({ length: numRows }, (_, n) => {
      const dense = new Array<number>(numColumns).fill(0);
      const { columns, values } = this.row(n);
      columns.forEach((column, k) => {
        dense[column] = values[k] as number;
      });
      return dense;
    });
  }
}

function tripletsOf(lists: readonly ArrayLike<number>[]): SparseTriplets {
  const where = "SparseMatrix.fromArray";
  if (!Array.isArray(lists)) {
    throw new TypeError(`${where}: rows must be an array of number lists, got ${show(lists)}`);
  }
  const numColumns = lists[0]?.length ?? 0;
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  lists.forEach((list, n) => {
    checkIds(where, `rows[${n}]`, list, "a list of numbers");
    if (list.length !== numColumns) {
      throw new RangeError(
        `${where}: row 0 has ${numColumns} elements and row ${n} has ${list.length}; they must have one length`,
      );
    }
    for (let column = 0; column < numColumns; column++) {
      const value = list[column];
      if (typeof value !== "number") {
        throw new TypeError(`${where}: rows[${n}][${column}] must be a number, got ${show(value)}`);
      }
      if (value === 0) continue;
      rows.push(n);
      columns.push(column);
      values.push(value);
    }
  });
  return {
    shape: [lists.length, numColumns],
    rows: new Int32Array(rows),
    columns: new Int32Array(columns),
    values: new Float32Array(values),
  };
}

function checkMembers(triplets: SparseTriplets): void {
  const { shape, rows, columns, values } = Object(triplets) as Partial<SparseTriplets>;
  if (!Array.isArray(shape) || shape.length !== 2) {
    throw new TypeError(`SparseMatrix: shape must be a list [N, V], got ${show(shape)}`);
  }
  for (const [name, list] of Object.entries({ rows, columns })) {
    if (list instanceof Int32Array) continue;
    throw new TypeError(`SparseMatrix: ${name} must be an Int32Array, got ${show(list)}`);
  }
  if (!(values instanceof Float32Array)) {
    throw new TypeError(`SparseMatrix: values must be a Float32Array, got ${show(values)}`);
  }
}

function checkElements({ shape, rows, columns, values }: SparseTriplets): void {
  if (rows.length !== columns.length || rows.length !== values.length) {
    throw new RangeError(
      `SparseMatrix: rows, columns and values must have one length, got ${rows.length}, ${columns.length} and ${values.length}`,
    );
  }
  let previous = -1;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number;
    const column = columns[k] as number;
    if (row < 0 || row >= shape[0] || column < 0 || column >= shape[1]) {
      throw new RangeError(
        `SparseMatrix: element ${k} at [${row},${column}] is outside shape [${shape.join(",")}]`,
      );
    }
    const position = row * shape[1] + column;
    if (position <= previous) {
      throw new RangeError(
        `SparseMatrix: element ${k} at [${row},${column}] must come after element ${k - 1}`,
      );
    }
    previous = position;
  }
}

function startsOf(rows: Int32Array, numRows: number): Int32Array {
  const starts = new Int32Array(numRows + 1);
  for (const row of rows) starts[row + 1]! += 1;
  for (let n = 0; n < numRows; n++) starts[n + 1]! += starts[n]!;
  return starts;
}
