import { checkBoolean, checkInteger, checkOptions, type OptionNames } from "../check.ts";
import type { PointForecaster } from "./forecaster.ts";
import { readValues } from "./series.ts";

/**
 * Forecasts the last value: ŷ_(T+h) = y_T.
 *
 * @remarks
 * Missing values (NaN) are skipped: the last observed value counts. For a random walk there is no better forecast.
 * Source: Hyndman & Athanasopoulos, "Forecasting: Principles and Practice", section 5.2.
 *
 * @throws RangeError from `forecast` if nothing was observed, or `horizon` is not a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { naive } from "@rnn/train/forecasting";
 *
 * naive().forecast([3, 5, 4], 2); // => [4, 4]
 * ```
 *
 * @public
 */
export function naive(): PointForecaster {
  return {
    forecast(history, horizon) {
      const values = readHistory("naive.forecast", history, horizon);
      return new Array<number>(horizon).fill(values[lastObserved("naive.forecast", values)]!);
    },
  };
}

/**
 * Forecasts a straight line through the first and the last value: ŷ_(T+h) = y_T + h (y_T - y_1) / (T - 1).
 *
 * @remarks
 * Missing values (NaN) are skipped: the first and the last observed value count.
 * Source: Hyndman & Athanasopoulos, "Forecasting: Principles and Practice", section 5.2.
 *
 * @throws RangeError from `forecast` if fewer than two values were observed, or `horizon` is not a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { drift } from "@rnn/train/forecasting";
 *
 * drift().forecast([1, 9, 4, 7], 2); // => [9, 11]
 * ```
 *
 * @public
 */
export function drift(): PointForecaster {
  return {
    forecast(history, horizon) {
      const values = readHistory("drift.forecast", history, horizon);
      const last = lastObserved("drift.forecast", values);
      const first = values.findIndex((value) => !Number.isNaN(value));
      if (first === last)
        throw new RangeError("drift.forecast: history has one observed value, expected two");
      const slope = (values[last]! - values[first]!) / (last - first);
      const gap = values.length - 1 - last;
      return steps(horizon, (h) => values[last]! + (gap + h) * slope);
    },
  };
}

/**
 * Options of {@link seasonalNaive}.
 *
 * @public
 */
export interface SeasonalNaiveOptions {
  /** Steps of a season: 12 of monthly values for a year, 24 of hourly ones for a day. */
  season: number;
  /** Add the mean change from season to season. Default `false`. */
  drift?: boolean | undefined;
}

const SEASONAL: OptionNames<SeasonalNaiveOptions> = { season: true, drift: true };

/**
 * Forecasts the value of one season ago: ŷ_(T+h) = y_(T+h-m(k+1)) + (k + 1) b, with k = ⌊(h - 1) / m⌋ for seasons of m steps.
 *
 * @remarks
 * b = mean_t (y_t - y_(t-m)) with `drift`, else 0. A missing value (NaN) is replaced by that of the season before.
 * Source: Hyndman & Athanasopoulos, "Forecasting: Principles and Practice", section 5.2; with drift, a random walk with drift at
 * lag m.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError for options out of range; from `forecast` if a step of the season was never observed, or `horizon` is not a
 * whole number of at least 1.
 *
 * @example
 * ```ts
 * import { seasonalNaive } from "@rnn/train/forecasting";
 *
 * const sales = [1, 5, 2, 6, 3, 7];
 * seasonalNaive({ season: 2 }).forecast(sales, 3); // => [3, 7, 3]
 * seasonalNaive({ season: 2, drift: true }).forecast(sales, 3); // => [4, 8, 5]
 * ```
 *
 * @public
 */
export function seasonalNaive(options: SeasonalNaiveOptions): PointForecaster {
  checkOptions("seasonalNaive", options, SEASONAL);
  const { season, drift: hasDrift = false } = options;
  checkInteger("seasonalNaive", "season", season, 1);
  checkBoolean("seasonalNaive", "drift", hasDrift);
  const where = "seasonalNaive.forecast";
  return {
    forecast(history, horizon) {
      const values = readHistory(where, history, horizon);
      const slope = hasDrift ? meanSeasonalChange(where, values, season) : 0;
      return steps(horizon, (h) => {
        let t = values.length - 1 + h;
        let seasons = 0;
        do {
          t -= season;
          seasons++;
        } while (t >= values.length || Number.isNaN(values[t]));
        if (t >= 0) return values[t]! + seasons * slope;
        throw new RangeError(
          `${where}: history of ${values.length} steps has no observed value for step ${h} of the forecast in seasons of ${season}`,
        );
      });
    },
  };
}

/** Mean change over a season. */
function meanSeasonalChange(where: string, values: Float64Array, season: number): number {
  let sum = 0;
  let count = 0;
  for (let t = season; t < values.length; t++) {
    const change = values[t]! - values[t - season]!;
    if (Number.isNaN(change)) continue;
    sum += change;
    count++;
  }
  if (count > 0) return sum / count;
  throw new RangeError(
    `${where}: history of ${values.length} steps has no change over a season of ${season}`,
  );
}

function readHistory(where: string, history: ArrayLike<number>, horizon: number): Float64Array {
  checkInteger(where, "horizon", horizon, 1);
  return readValues(where, "history", history, { allowed: true });
}

function lastObserved(where: string, values: Float64Array): number {
  for (let t = values.length - 1; t >= 0; t--) if (!Number.isNaN(values[t])) return t;
  throw new RangeError(`${where}: history has no observed value`);
}

/** Values of the steps 1 to `horizon`. */
function steps(horizon: number, valueAt: (h: number) => number): number[] {
  return Array.from({ length: horizon }, (_, i) => valueAt(i + 1));
}
