import { ShapeError, Tensor } from "@rnn/tensor";
import { checkInteger, checkList, describe } from "../check.ts";
import { hasRows, inFormOf, readSeries, type SameForm, type Series } from "./series.ts";

/**
 * Scales the variables of a series to a common range and back: {@link StandardScaler} or {@link MinMaxScaler}.
 *
 * @public
 */
export interface Scaler {
  /** Number of variables; 0 before `fit`. */
  readonly variables: number;
  /** Learns the range of every variable. Fit it to the training part alone. */
  fit(series: Series): this;
  /** Scales values. */
  transform<S extends Series>(values: S): SameForm<S>;
  /** Undoes `transform`. */
  inverseTransform<S extends Series>(values: S): SameForm<S>;
  /** A scaler of some of the variables, such as the forecast ones. */
  select(variables: readonly number[]): Scaler;
  /** What `JSON.stringify` writes. */
  toJSON(): object;
}

/**
 * Options of all scalers.
 *
 * @public
 */
export interface ScalerOptions {
  /** What to do about NaN: throw, or ignore it in `fit` and keep it in `transform`. Default `"error"`. */
  missing?: "error" | "keep" | undefined;
}

/** What is said about NaN where it is refused. */
const ADVICE = 'fill it (forwardFill) or pass missing: "keep"';

/** Reads what a scaler is fitted to: at least one step, and at least one observed value of every variable. */
export function readTraining(where: string, series: Series, missing: "error" | "keep"): Float64Array[] {
  const matrix = readSeries(where, "series", series, { allowed: missing === "keep", advice: ADVICE });
  const { data, steps, variables } = matrix;
  if (steps === 0) throw new RangeError(`${where}: series has no steps`);
  return Array.from({ length: variables }, (_, v) => {
    const column = data.filter((value, i) => i % variables === v && !Number.isNaN(value));
    if (column.length === 0) throw new RangeError(`${where}: variable ${v} has no observed value`);
    return column;
  });
}

/** Applies a function of value and variable; tensors may have any shape that ends with the variables. */
export function mapColumns<S extends Series>(
  where: string,
  values: S,
  variables: number,
  missing: "error" | "keep",
  map: (value: number, variable: number) => number,
): SameForm<S> {
  if (variables === 0) throw new Error(`${where}: call fit first`);
  const isTensor = values instanceof Tensor;
  const flat = isTensor ? flatTensor(where, values, variables) : values;
  const matrix = readSeries(where, "values", flat, { allowed: missing === "keep", advice: ADVICE });
  if (matrix.variables !== variables && matrix.steps > 0) {
    const got = !isTensor && !hasRows(values) ? "a list of numbers" : `rows of ${matrix.variables} values`;
    throw new ShapeError(`${where}: got ${got}, but the scaler was fitted to ${variables} variables`);
  }
  const { data } = matrix;
  for (let i = 0; i < data.length; i++) data[i] = map(data[i]!, i % variables);
  const scaled = inFormOf(flat, matrix);
  return (isTensor ? (scaled as Tensor).reshape(values.shape) : scaled) as SameForm<S>;
}

/** A tensor `[..., V]` as `[steps, V]`. */
function flatTensor(where: string, x: Tensor, variables: number): Tensor {
  if (variables === 1) return x.reshape([x.size, 1]);
  if (x.shape.at(-1) === variables) return x.reshape([x.size / variables, variables]);
  throw new ShapeError(
    `${where}: values have shape [${x.shape.join(",")}], but the scaler was fitted to ${variables} variables, which must be the last dimension`,
  );
}

/** Checks positions of variables. */
export function checkVariables(
  where: string,
  name: string,
  chosen: readonly number[],
  variables: number,
): void {
  checkList(where, name, chosen, "variable positions");
  if (chosen.length === 0) throw new RangeError(`${where}: ${name} is empty`);
  for (const v of chosen) {
    checkInteger(where, name, v, 0);
    if (v < variables) continue;
    throw new RangeError(
      `${where}: ${name} has ${v}, but there are ${variables} variables, 0..${variables - 1}`,
    );
  }
}

/** The members of a saved scaler that are lists of finite numbers of one length; throws for anything else. */
export function readLists<Name extends string>(
  where: string,
  json: unknown,
  type: string,
  names: readonly Name[],
): Record<Name, number[]> {
  const saved = json as Partial<Record<Name | "type", unknown>> | null;
  if (typeof saved !== "object" || saved === null || saved.type !== type) {
    const got =
      typeof saved === "object" && saved !== null ? `type ${describe(saved.type)}` : describe(saved);
    throw new TypeError(`${where}: expected an object of type "${type}", got ${got}`);
  }
  const lists = names.map((name) => {
    const list: unknown = Object.hasOwn(saved, name) ? saved[name] : undefined;
    if (Array.isArray(list) && list.length > 0 && list.every(Number.isFinite))
      return [name, [...list]] as const;
    throw new TypeError(`${where}: ${name} must be a list of finite numbers, got ${describe(list)}`);
  });
  const [first] = lists;
  for (const [name, list] of lists) {
    if (list.length === first![1].length) continue;
    throw new TypeError(`${where}: ${name} has ${list.length} numbers, but ${first![0]} ${first![1].length}`);
  }
  return Object.fromEntries(lists) as Record<Name, number[]>;
}

/** Reads `missing` of a saved scaler. */
export function readMissing(where: string, json: unknown): "error" | "keep" {
  const { missing } = json as { missing?: unknown };
  if (missing === "error" || missing === "keep") return missing;
  throw new TypeError(`${where}: missing must be "error" or "keep", got ${describe(missing)}`);
}
