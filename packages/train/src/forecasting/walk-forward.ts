import { Tensor } from "@rnn/tensor";
import { checkInteger, checkObject, checkOptions, describe, type OptionNames, wrongKind } from "../check.ts";
import type { Forecast, ForecastContext, Forecaster } from "./forecaster.ts";
import { checkQuantiles } from "./quantiles.ts";
import { checkVariables } from "./scaled-columns.ts";
import { type ForecastScores, naiveError, scoresOf } from "./scores.ts";
import { hasRows, type Matrix, readSeries, type Series } from "./series.ts";

/**
 * Makes a forecaster from the part of the series before an origin: fits scalers, trains a network.
 *
 * @public
 */
export type ForecasterFactory = (
  /** The series up to the origin, `[origin]`, or the last `trainingSteps` of it. */
  training: Float64Array,
  /** Origin and all variables before it. */
  context: ForecastContext,
) => Forecaster | Promise<Forecaster>;

/**
 * Options of {@link walkForward}.
 *
 * @public
 */
export interface WalkForwardOptions {
  /** Steps forecast from each origin. */
  horizon: number;
  /** First origin: the number of steps before the first forecast. */
  start: number;
  /** Position after the last step that is forecast. Default: the length of the series. */
  end?: number | undefined;
  /** Steps from one origin to the next. Default `horizon`: every step is forecast once. */
  stride?: number | undefined;
  /** Make new forecasters every this many origins, from all that is known then. Default: only at the first origin. */
  refitEvery?: number | undefined;
  /** Largest number of steps that forecasters are made from, the latest ones. Default: all before the origin. */
  trainingSteps?: number | undefined;
  /** Position of the variable that is forecast. Default 0. */
  target?: number | undefined;
  /** Steps of a season, for the scaled error. Default 1. */
  season?: number | undefined;
  /** The quantiles in forecasts `[horizon, Q]`, increasing, with 0.5 among them. Default: forecasts are `[horizon]`. */
  quantiles?: readonly number[] | undefined;
}

const OPTIONS: OptionNames<WalkForwardOptions> = {
  horizon: true,
  start: true,
  end: true,
  stride: true,
  refitEvery: true,
  trainingSteps: true,
  target: true,
  season: true,
  quantiles: true,
};

/**
 * The forecasts of one forecaster, and how good they were.
 *
 * @public
 */
export interface WalkForwardForecasts {
  /** Forecasts from each origin, `[origins][horizon]`: the medians, if quantiles were forecast. */
  readonly forecasts: readonly (readonly number[])[];
  /** Quantiles from each origin, `[origins][horizon][Q]`; `null` if none were forecast. */
  readonly quantileForecasts: readonly (readonly (readonly number[])[])[] | null;
  /** How good they were. */
  readonly scores: ForecastScores;
}

/**
 * The result of {@link walkForward}, as plain data.
 *
 * @public
 */
export interface WalkForwardResult<Name extends string> {
  /** Position of the first step forecast from each origin. */
  readonly origins: readonly number[];
  /** Actual values, `[origins][horizon]`. */
  readonly actual: readonly (readonly number[])[];
  /** Forecasts and scores of each forecaster. */
  readonly models: Readonly<Record<Name, WalkForwardForecasts>>;
}

/**
 * Evaluates forecasters as they will be used: goes through the series, and at each origin shows them nothing but the past.
 *
 * @remarks
 * Series `[T]` or `[T, V]`, of which one variable is forecast. Origins are start, start + stride, ... as long as `horizon` steps
 * follow before `end`. A function among the `models` is called with the part before the first origin, and again every
 * `refitEvery` origins, to make a forecaster; a forecaster itself is used as it is. Neither gets any value at or after the origin. All
 * have the same origins, so a network can be compared with baselines. Missing values (NaN) are passed on and not scored.
 * Source: rolling origin evaluation, Tashman 2000; time series cross-validation, Hyndman & Athanasopoulos, section 5.10.
 *
 * @throws TypeError for an unknown option, or something that is no forecaster.
 * @throws RangeError for options out of range, if no origin fits, or a forecast has another length or a value that is not finite.
 *
 * @example
 * ```ts
 * import { LinearAutoregression, naive, seasonalNaive, walkForward } from "@rnn/train/forecasting";
 *
 * const series = Array.from({ length: 60 }, (_, t) => t + 5 * Math.sin((2 * Math.PI * t) / 12));
 * const { origins, models } = await walkForward(
 *   series,
 *   {
 *     naive: naive(),
 *     seasonalNaive: seasonalNaive({ season: 12 }),
 *     autoregression: (training) => new LinearAutoregression({ lags: 3, ridge: 1e-6 }).fit(training),
 *   },
 *   { horizon: 6, start: 48, season: 12 },
 * );
 * origins; // => [48, 54]
 * models.seasonalNaive.scores.mae.toFixed(3); // => "12.000"
 * models.autoregression.scores.mae < 1; // => true
 * ```
 *
 * @public
 */
export async function walkForward<Name extends string>(
  series: Series,
  models: Readonly<Record<Name, Forecaster | ForecasterFactory>>,
  options: WalkForwardOptions,
): Promise<WalkForwardResult<Name>> {
  const where = "walkForward";
  checkOptions(where, options, OPTIONS);
  const matrix = readSeries(where, "series", series, { allowed: true });
  const { target = 0, season = 1, quantiles = [], horizon } = options;
  checkVariables(where, "target", [target], matrix.variables);
  checkInteger(where, "season", season, 1);
  if (options.quantiles !== undefined) checkMedian(where, quantiles);
  const origins = originsOf(where, matrix.steps, options);
  const values = matrix.data.filter((_, i) => i % matrix.variables === target);
  const actual = origins.map((origin) => Array.from(values.subarray(origin, origin + horizon)));
  const scale = naiveError(values.subarray(0, origins[0]), season);
  checkObject(where, "models", models, "an object of forecasters");
  const results: Partial<Record<Name, WalkForwardForecasts>> = {};
  for (const name of Object.keys(models) as Name[]) {
    const rows = await run(`${where}: ${name}`, models[name], matrix, values, origins, options);
    const isPoint = rows.every((row) => !hasRows(row));
    const forecasts = rows.map((row) => pointsOf(row, quantiles));
    const quantileForecasts = isPoint ? null : (rows as readonly number[][][]);
    const scores = scoresOf({ actual, forecasts, quantileForecasts, quantiles, scale });
    results[name] = { forecasts, quantileForecasts, scores };
  }
  return { origins, actual, models: results as Record<Name, WalkForwardForecasts> };
}

/** Checked forecasts of one model from all origins. */
async function run(
  where: string,
  model: Forecaster | ForecasterFactory,
  matrix: Matrix,
  values: Float64Array,
  origins: readonly number[],
  { horizon, refitEvery, trainingSteps, quantiles = [] }: WalkForwardOptions,
): Promise<(number[] | number[][])[]> {
  const rows: (number[] | number[][])[] = [];
  let forecaster: Forecaster | undefined;
  for (const [i, origin] of origins.entries()) {
    // copies, so that the future is out of reach
    const history = values.slice(0, origin);
    const past = new Tensor(matrix.data.slice(0, origin * matrix.variables), [origin, matrix.variables]);
    const context: ForecastContext = { origin, past };
    const isDue = forecaster === undefined || (refitEvery !== undefined && i % refitEvery === 0);
    if (typeof model !== "function") forecaster = model;
    else if (isDue) {
      const first = trainingSteps === undefined ? 0 : Math.max(0, origin - trainingSteps);
      forecaster = await model(history.slice(first), context);
    }
    if (typeof forecaster?.forecast !== "function") {
      throw wrongKind(where, "a model", "a forecaster, or a function that makes one", forecaster);
    }
    const forecast = await forecaster.forecast(history, horizon, context);
    rows.push(
      checkedForecast(`${where}: forecast from origin ${origin}`, forecast, horizon, quantiles.length),
    );
  }
  return rows;
}

/** A forecast as lists; throws unless it has `horizon` finite numbers, or rows of as many as there are quantiles. */
function checkedForecast(
  where: string,
  forecast: Forecast,
  horizon: number,
  columns: number,
): number[] | number[][] {
  const { data, steps, variables } = readSeries(where, "result", forecast);
  if (steps !== horizon) throw new RangeError(`${where}: result has ${steps} steps, expected ${horizon}`);
  const isPoint = forecast instanceof Tensor ? forecast.shape.length === 1 : !hasRows(forecast);
  if (isPoint) return Array.from(data);
  if (variables !== columns) {
    const advice = columns === 0 ? "; pass the option quantiles" : "";
    throw new RangeError(
      `${where}: result has ${variables} values per step for ${columns} quantiles${advice}`,
    );
  }
  return Array.from({ length: steps }, (_, h) => Array.from(data.subarray(h * columns, (h + 1) * columns)));
}

/** The medians of quantiles. */
function pointsOf(row: number[] | number[][], quantiles: readonly number[]): number[] {
  const median = quantiles.indexOf(0.5);
  return row.map((value) => (typeof value === "number" ? value : value[median]!));
}

function checkMedian(where: string, quantiles: readonly number[]): void {
  checkQuantiles(where, quantiles);
  if (quantiles.includes(0.5)) return;
  throw new RangeError(
    `${where}: quantiles must have 0.5 among them, which is scored as the forecast, got ${describe(quantiles)}`,
  );
}

function originsOf(where: string, length: number, options: WalkForwardOptions): number[] {
  const { horizon, start, end = length, stride = horizon, refitEvery, trainingSteps } = options;
  checkInteger(where, "horizon", horizon, 1);
  checkInteger(where, "start", start, 1);
  checkInteger(where, "end", end, 1);
  checkInteger(where, "stride", stride, 1);
  if (refitEvery !== undefined) checkInteger(where, "refitEvery", refitEvery, 1);
  if (trainingSteps !== undefined) checkInteger(where, "trainingSteps", trainingSteps, 1);
  if (end > length) throw new RangeError(`${where}: end is ${end}, but series has ${length} steps`);
  const count = Math.floor((end - horizon - start) / stride) + 1;
  if (count >= 1) return Array.from({ length: count }, (_, i) => start + i * stride);
  throw new RangeError(
    `${where}: no origin fits: start ${start} + horizon ${horizon} is beyond the end of the series at ${end}`,
  );
}
