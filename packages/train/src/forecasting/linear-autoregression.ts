import {
  checkChoice,
  checkInteger,
  checkList,
  checkNumber,
  checkOptions,
  type OptionNames,
} from "../check.ts";
import type { PointForecaster } from "./forecaster.ts";
import { LeastSquares } from "./least-squares.ts";
import { readValues } from "./series.ts";

/**
 * Options of {@link LinearAutoregression}.
 *
 * @public
 */
export interface LinearAutoregressionOptions {
  /** Number of past values, or which ones: `[1, 2, 12]`. */
  lags: number | readonly number[];
  /** `"c"` has a constant term, `"n"` none. Default `"c"`. */
  trend?: "c" | "n" | undefined;
  /** Penalty on the squared coefficients (not on the constant), in the unit of the squared series. Default 0. */
  ridge?: number | undefined;
  /** Steps predicted at once, each by coefficients of its own; for longer forecasts, predictions are fed back. Default 1. */
  horizon?: number | undefined;
}

const OPTIONS: OptionNames<LinearAutoregressionOptions> = {
  lags: true,
  trend: true,
  ridge: true,
  horizon: true,
};

/**
 * Linear autoregression by least squares: ŷ_t = c + Σ_l φ_l y_(t-l), the baseline that a network has to beat.
 *
 * @remarks
 * With `horizon` h there are h equations, for y_t to y_(t+h-1), each from the same y_(t-l): `horizon: 1` forecasts recursively,
 * a horizon as long as the forecasts directly. Rows with a missing value (NaN) are left out. Minimises
 * Σ_t (y_t - ŷ_t)² + ridge Σ_l φ_l² by a QR decomposition in float64. Source: `AutoReg` of statsmodels (conditional least
 * squares, `trend` and `lags` as there).
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError for options out of range, and from `fit` if there are too few rows or the lags depend on each other.
 *
 * @example
 * ```ts
 * import { LinearAutoregression } from "@rnn/train/forecasting";
 *
 * const series = [0, 1];
 * for (let t = 2; t < 20; t++) series.push(1 + 0.5 * series[t - 1]! - 0.8 * series[t - 2]!);
 * const model = new LinearAutoregression({ lags: 2 }).fit(series);
 * model.coefficients[0]?.map((phi) => phi.toFixed(6)); // => ["0.500000", "-0.800000"]
 * model.intercepts[0]?.toFixed(6); // => "1.000000"
 * model.forecast([0, 1], 2).map((y) => y.toFixed(6)); // => ["1.500000", "0.950000"]
 * ```
 *
 * @public
 */
export class LinearAutoregression implements PointForecaster {
  /** The lags that a forecast is made of, increasing. */
  readonly lags: readonly number[];
  readonly #isCentred: boolean;
  readonly #ridge: number;
  readonly #horizon: number;
  #coefficients: readonly (readonly number[])[] = [];
  #intercepts: readonly number[] = [];

  constructor(options: LinearAutoregressionOptions) {
    const where = "LinearAutoregression";
    checkOptions(where, options, OPTIONS);
    const { lags, trend = "c", ridge = 0, horizon = 1 } = options;
    checkChoice(where, "trend", trend, ["c", "n"]);
    checkNumber(where, "ridge", ridge, { min: 0 });
    checkInteger(where, "horizon", horizon, 1);
    this.lags = checkedLags(where, lags);
    this.#isCentred = trend === "c";
    this.#ridge = ridge;
    this.#horizon = horizon;
  }

  /** φ of every step predicted at once and every lag, `[horizon][lags]`; empty before `fit`. */
  get coefficients(): readonly (readonly number[])[] {
    return this.#coefficients;
  }

  /** c of every step predicted at once, `[horizon]`; empty before `fit`. */
  get intercepts(): readonly number[] {
    return this.#intercepts;
  }

  /** Learns the coefficients from a series `[T]`. */
  fit(series: ArrayLike<number>): this {
    const where = "LinearAutoregression.fit";
    const y = readValues(where, "series", series, { allowed: true });
    const n = this.lags.length;
    const width = n + this.#horizon;
    const mean = this.#isCentred ? this.#means(y) : new Float64Array(width);
    const problem = new LeastSquares(n, this.#horizon);
    const row = new Float64Array(width);
    let rows = 0;
    for (const whole of this.#rows(y)) {
      for (let i = 0; i < width; i++) row[i] = whole[i]! - mean[i]!;
      problem.add(row);
      rows++;
    }
    const unknowns = n + Number(this.#isCentred);
    if (rows < unknowns && !(this.#ridge > 0 && rows > 0)) {
      throw new RangeError(
        `${where}: series of ${y.length} steps gives ${rows} rows, fewer than the ${unknowns} unknowns`,
      );
    }
    if (this.#ridge > 0) {
      for (let i = 0; i < n; i++) problem.add(row.fill(0).fill(Math.sqrt(this.#ridge), i, i + 1));
    }
    const result = problem.solve();
    if ("dependent" in result) {
      const lag = this.lags[result.dependent];
      throw new RangeError(
        result.dependent === 0
          ? `${where}: every value at lag ${lag} is the same, so nothing depends on it; pass a ridge above 0`
          : `${where}: lag ${lag} depends linearly on the ones before; pass fewer lags or a ridge above 0`,
      );
    }
    this.#coefficients = result.solution;
    this.#intercepts = result.solution.map((phi, k) =>
      phi.reduce((rest, weight, i) => rest - weight * mean[i]!, mean[n + k]!),
    );
    return this;
  }

  /**
   * The steps after a history `[T]`, in chunks of `horizon`, each from the values and chunks before it.
   *
   * @throws RangeError if the history has not all values that are needed, or `horizon` is not a whole number of at least 1.
   */
  forecast(history: ArrayLike<number>, horizon: number): number[] {
    const where = "LinearAutoregression.forecast";
    checkInteger(where, "horizon", horizon, 1);
    if (this.#coefficients.length === 0) throw new Error(`${where}: call fit first`);
    const known = readValues(where, "history", history, { allowed: true });
    const longest = this.lags.at(-1)!;
    if (known.length < longest) {
      throw new RangeError(
        `${where}: history has ${known.length} steps, fewer than the longest lag ${longest}`,
      );
    }
    const values = Array.from(known.subarray(known.length - longest));
    const missing = this.lags.find((lag) => Number.isNaN(values.at(-lag)));
    if (missing !== undefined) {
      throw new RangeError(`${where}: history has no value at lag ${missing}; fill it (forwardFill)`);
    }
    while (values.length < longest + horizon) {
      const inputs = this.lags.map((lag) => values.at(-lag)!);
      const chunk = this.#coefficients.map((phi, k) =>
        phi.reduce((sum, weight, i) => sum + weight * inputs[i]!, this.#intercepts[k]!),
      );
      values.push(...chunk);
    }
    return values.slice(longest, longest + horizon);
  }

  /** The rows `[y_(t-l) of every lag, y_t, ..., y_(t+horizon-1)]` without a missing value; always the same array. */
  *#rows(y: Float64Array): Generator<Float64Array> {
    const n = this.lags.length;
    const row = new Float64Array(n + this.#horizon);
    for (let t = this.lags.at(-1)!; t + this.#horizon <= y.length; t++) {
      for (let i = 0; i < n; i++) row[i] = y[t - this.lags[i]!]!;
      for (let k = 0; k < this.#horizon; k++) row[n + k] = y[t + k]!;
      if (!row.some(Number.isNaN)) yield row;
    }
  }

  /** Means of the columns of all rows. */
  #means(y: Float64Array): Float64Array {
    const sums = new Float64Array(this.lags.length + this.#horizon);
    let rows = 0;
    for (const row of this.#rows(y)) {
      for (let i = 0; i < row.length; i++) sums[i]! += row[i]!;
      rows++;
    }
    return sums.map((sum) => sum / rows);
  }
}

function checkedLags(where: string, lags: number | readonly number[]): readonly number[] {
  if (typeof lags === "number") {
    checkInteger(where, "lags", lags, 1);
    return Array.from({ length: lags }, (_, i) => i + 1);
  }
  checkList(where, "lags", lags, "numbers");
  if (lags.length === 0) throw new RangeError(`${where}: lags is empty`);
  for (const lag of lags) checkInteger(where, "a lag", lag, 1);
  return [...new Set(lags)].sort((a, b) => a - b);
}
