import { ShapeError, Tensor } from "@rnn/tensor";
import { describe, wrongKind } from "../check.ts";

/**
 * Measurements at equal distances in time: a list of numbers `[T]`, or one row per step `[T, V]` if there are V variables;
 * as lists or as a tensor.
 *
 * @public
 */
export type Series = Tensor | ArrayLike<number> | readonly ArrayLike<number>[];

/**
 * What comes out of a transformation of a {@link Series}: a tensor for a tensor, rows for rows, a list for a list.
 *
 * @public
 */
export type SameForm<S extends Series> = S extends Tensor
  ? Tensor
  : S extends readonly ArrayLike<number>[]
    ? number[][]
    : number[];

/** A series in one form: value v of step t is `data[t * variables + v]`. */
export interface Matrix {
  readonly data: Float64Array;
  readonly steps: number;
  readonly variables: number;
}

/** What values a reader takes besides finite numbers, and what it advises otherwise. */
export interface Missing {
  readonly allowed: boolean;
  readonly advice?: string;
}

/** A series as a matrix with its own memory; throws unless it is one and every value is a finite number (or an allowed NaN). */
export function readSeries(
  where: string,
  name: string,
  series: Series,
  missing: Missing = { allowed: false },
): Matrix {
  const matrix = series instanceof Tensor ? fromTensor(where, name, series) : fromLists(where, name, series);
  checkValues(where, name, matrix, missing);
  return matrix;
}

/** A series of one variable; rows of one number are one. */
export function readValues(
  where: string,
  name: string,
  series: Series,
  missing: Missing = { allowed: false },
): Float64Array {
  const { data, variables } = readSeries(where, name, series, missing);
  if (variables === 1) return data;
  throw new ShapeError(`${where}: ${name} has ${variables} variables per step; pass one of them`);
}

/** The matrix in the form that `like` has. */
export function inFormOf<S extends Series>(like: S, { data, steps, variables }: Matrix): SameForm<S> {
  if (like instanceof Tensor) {
    const values = like.dtype === "float64" ? data : Float32Array.from(data);
    return new Tensor(values, like.shape.length === 1 ? [steps] : [steps, variables]) as SameForm<S>;
  }
  const values = Array.from(data);
  if (!hasRows(like)) return values as SameForm<S>;
  return Array.from({ length: steps }, (_, t) =>
    values.slice(t * variables, (t + 1) * variables),
  ) as SameForm<S>;
}

/** Whether a list is one of rows. */
export function hasRows(list: ArrayLike<unknown>): list is readonly ArrayLike<number>[] {
  return list.length > 0 && isList(list[0]);
}

function isList(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function fromTensor(where: string, name: string, tensor: Tensor): Matrix {
  const [steps, variables = 1] = tensor.shape;
  if (steps === undefined || tensor.shape.length > 2) {
    throw new ShapeError(
      `${where}: ${name} has shape [${tensor.shape.join(",")}], expected [steps] or [steps, variables]`,
    );
  }
  const { data, offset, size } = tensor.contiguous();
  return { data: new Float64Array(data.subarray(offset, offset + size)), steps, variables };
}

function fromLists(
  where: string,
  name: string,
  list: ArrayLike<number> | readonly ArrayLike<number>[],
): Matrix {
  if (!isList(list)) throw wrongKind(where, name, "a Tensor, a list of numbers or a list of rows", list);
  if (!hasRows(list)) return { data: numbers(where, name, list), steps: list.length, variables: 1 };
  const variables = list[0]!.length;
  const data = new Float64Array(list.length * variables);
  for (let t = 0; t < list.length; t++) {
    const row = list[t];
    if (!isList(row)) throw wrongKind(where, `${name} at step ${t}`, "a row of numbers", row);
    if (row.length !== variables) {
      throw new ShapeError(
        `${where}: ${name} has ${row.length} values at step ${t}, but ${variables} at step 0`,
      );
    }
    data.set(numbers(where, `${name} at step ${t}`, row), t * variables);
  }
  return { data, steps: list.length, variables };
}

/** A list of numbers as float64; strings, as they come from files, are no numbers. */
function numbers(where: string, name: string, list: ArrayLike<number>): Float64Array {
  if (ArrayBuffer.isView(list)) return new Float64Array(list);
  return Float64Array.from(list, (value: unknown, i) => {
    if (typeof value === "number") return value;
    throw new TypeError(
      `${where}: ${name} has ${describe(value)} at position ${i}; values must be numbers, and NaN where one is missing`,
    );
  });
}

function checkValues(where: string, name: string, matrix: Matrix, { allowed, advice }: Missing): void {
  const { data, variables } = matrix;
  const i = data.findIndex((value) => !(Number.isFinite(value) || (allowed && Number.isNaN(value))));
  if (i < 0) return;
  const variable = variables === 1 ? "" : ` (variable ${i % variables})`;
  const end = Number.isNaN(data[i]) && advice !== undefined ? `; ${advice}` : "";
  throw new RangeError(
    `${where}: ${name} has ${data[i]} at step ${Math.floor(i / variables)}${variable}${end}`,
  );
}
