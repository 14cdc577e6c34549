import { ShapeError } from "@rnn/tensor";
import { checkInteger, checkList, checkOptions, type OptionNames } from "../check.ts";
import { inFormOf, type Matrix, readSeries, type SameForm, type Series } from "./series.ts";

/**
 * Options of {@link difference}.
 *
 * @public
 */
export interface DifferenceOptions {
  /** Lags to difference at, one after the other: `[1]` removes a linear trend, `[12]` a yearly season of monthly values. Default `[1]`. */
  lags?: readonly number[] | undefined;
}

/**
 * Options of {@link undoDifference}.
 *
 * @public
 */
export interface UndoDifferenceOptions extends DifferenceOptions {
  /** The series just before, at least as many steps as the lags together. */
  history: Series;
}

const OPTIONS: OptionNames<DifferenceOptions> = { lags: true };
const UNDO: OptionNames<UndoDifferenceOptions> = { lags: true, history: true };

/**
 * Differences of a series: d_t = x_t - x_(t - lag), for each lag in turn.
 *
 * @remarks
 * Series `[T]` or `[T, V]` to `[T - sum of lags]` or `[T - sum of lags, V]`; the result has the same form. A difference
 * with a NaN is NaN. Source: `diff` of R; `lags` as in `Differencer` of sktime.
 *
 * @throws TypeError if `series` is no series, or for an unknown option.
 * @throws RangeError if a lag is not a whole number of at least 1, or the series is not longer than the lags together.
 *
 * @example
 * ```ts
 * import { difference } from "@rnn/train/forecasting";
 *
 * difference([1, 4, 9, 16]); // => [3, 5, 7]
 * difference([1, 4, 9, 16], { lags: [2, 1] }); // => [4]
 * ```
 *
 * @public
 */
export function difference<S extends Series>(series: S, options: DifferenceOptions = {}): SameForm<S> {
  const where = "difference";
  checkOptions(where, options, OPTIONS);
  const lags = checkedLags(where, options.lags);
  const matrix = readSeries(where, "series", series, { allowed: true });
  checkLength(where, "series", matrix, total(lags) + 1);
  return inFormOf(series, lags.reduce(differenced, matrix));
}

/**
 * Undoes {@link difference} for values that follow a known series: x_t = d_t + x_(t - lag), for each lag from the last to the first.
 *
 * @remarks
 * Differences `[n]` or `[n, V]`; the result has the same form. Forecasts of differences become forecasts of the series with the
 * series up to the origin as `history`. Source: `diffinv` of R.
 *
 * @throws TypeError if `differences` or `history` is no series, or for an unknown option.
 * @throws RangeError if a lag is not a whole number of at least 1, or the history is shorter than the lags together.
 * @throws ShapeError if differences and history have different numbers of variables.
 *
 * @example
 * ```ts
 * import { difference, undoDifference } from "@rnn/train/forecasting";
 *
 * const lags = [1, 4];
 * const series = [2, 7, 5, 1, 3, 8, 6, 2, 5];
 * const last = difference(series, { lags }).slice(-2);
 * undoDifference(last, { lags, history: series.slice(0, -2) }); // => [2, 5]
 * ```
 *
 * @public
 */
export function undoDifference<S extends Series>(
  differences: S,
  options: UndoDifferenceOptions,
): SameForm<S> {
  const where = "undoDifference";
  checkOptions(where, options, UNDO);
  const lags = checkedLags(where, options.lags);
  const matrix = readSeries(where, "differences", differences, { allowed: true });
  const history = readSeries(where, "history", options.history, { allowed: true });
  checkLength(where, "history", history, total(lags));
  if (history.variables !== matrix.variables) {
    throw new ShapeError(
      `${where}: history has ${history.variables} variables, but differences have ${matrix.variables}`,
    );
  }
  // the history before each of the differencings, the last of which is undone first
  const stages = [history];
  for (const lag of lags.slice(0, -1)) stages.push(differenced(stages.at(-1)!, lag));
  const restored = lags.reduceRight((d, lag, i) => summed(d, stages[i]!, lag), matrix);
  return inFormOf(differences, restored);
}

function differenced({ data, steps, variables }: Matrix, lag: number): Matrix {
  const shift = lag * variables;
  const differences = data.subarray(shift).map((x, i) => x - data[i]!);
  return { data: differences, steps: steps - lag, variables };
}

/** Sums up differences that follow a history. */
function summed({ data, steps, variables }: Matrix, history: Matrix, lag: number): Matrix {
  const shift = lag * variables;
  const all = new Float64Array(shift + data.length);
  all.set(history.data.subarray(history.data.length - shift));
  for (let i = 0; i < data.length; i++) all[shift + i] = data[i]! + all[i]!;
  return { data: all.slice(shift), steps, variables };
}

function checkedLags(where: string, lags: readonly number[] = [1]): readonly number[] {
  checkList(where, "lags", lags, "numbers");
  if (lags.length === 0) throw new RangeError(`${where}: lags is empty`);
  for (const lag of lags) checkInteger(where, "a lag", lag, 1);
  return Array.from(lags);
}

function checkLength(where: string, name: string, { steps }: Matrix, least: number): void {
  if (steps >= least) return;
  throw new RangeError(`${where}: ${name} has ${steps} steps, but the lags need at least ${least}`);
}

function total(lags: readonly number[]): number {
  return lags.reduce((sum, lag) => sum + lag, 0);
}
