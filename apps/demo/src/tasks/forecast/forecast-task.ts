import { cat, type Tensor, tensor } from "@rnn/tensor";
import { type CalendarFeature, calendarFeatures, type Scaler } from "@rnn/train/forecasting";
import type { SeriesColumns } from "./data/read-series.ts";
import type { TimeSeries } from "./data/series.ts";
import { later, type Step } from "./data/step.ts";
import { DAY } from "./data/weekdays.ts";

/** All that a forecaster needs beside its network. */
export interface ForecastTask {
  readonly columns: SeriesColumns;
  /** The distance of steps that it was trained on. */
  readonly step: Step;
  /** Steps ahead that it is made for. */
  readonly horizon: number;
  /** All steps at once, or one step that is fed back. */
  readonly strategy: "direct" | "recursive";
  /** Steps of a season, for the naive competitor; 1 if there is none. */
  readonly season: number;
  readonly calendar: readonly CalendarFeature[];
  /** Quantiles that are forecast; empty for one number per step. */
  readonly quantiles: readonly number[];
  /** Scales target and inputs; fitted to the training part. */
  readonly scaler: Scaler;
}

/** Steps that are kept for the test of a series unless the user says otherwise: ten seasons, at most a fifth. */
export function usualTestSteps(
  { season, horizon }: Pick<ForecastTask, "season" | "horizon">,
  length: number,
): number {
  return Math.max(horizon, Math.min(10 * season, Math.floor(length / 5)));
}

/** Which parts of the calendar can tell steps of this distance apart. */
export function usualCalendar({ unit, count }: Step): CalendarFeature[] {
  if (unit === "weekday") return ["weekday", "dayOfYear"];
  if (unit !== "ms") return 12 % count === 0 && count < 12 ? ["month"] : [];
  if (count >= 7 * DAY) return ["dayOfYear"];
  return count < DAY ? ["hour", "weekday", "dayOfYear"] : ["weekday", "dayOfYear"];
}

/** Rows as the network takes them, float32 `[T, variables + calendar]`, and the calendar of the steps after them. */
export interface ScaledSeries {
  readonly inputs: Tensor;
  /** float32 `[horizon, calendar]`. */
  readonly future: Tensor;
}

/** Scales a series without gaps and puts the calendar beside it. */
export function scaleSeries(
  rows: readonly (readonly number[])[],
  times: readonly number[],
  { scaler, calendar, horizon, step }: Pick<ForecastTask, "scaler" | "calendar" | "horizon" | "step">,
): ScaledSeries {
  const values = tensor(scaler.transform(rows));
  if (calendar.length === 0)
    return { inputs: values, future: tensor(new Float32Array(0)).reshape([horizon, 0]) };
  const next = Array.from({ length: horizon }, (_, i) => later(times.at(-1)!, i + 1, step));
  const past = calendarFeatures(times, { features: calendar });
  const future = calendarFeatures(next, { features: calendar });
  return { inputs: cat([values, past], 1), future };
}

/** The target alone, NaN where it was not observed. */
export function targetOf({ rows }: TimeSeries): number[] {
  return rows.map(([value]) => value!);
}
