import { Tensor } from "@rnn/tensor";
import { checkChoice, checkList, checkOptions, type OptionNames } from "../check.ts";
import { millisecondsOf, type Timestamps } from "./timestamps.ts";

/**
 * A cycle of the calendar: hours of the day, days of the week, months or days of the year.
 *
 * @public
 */
export type CalendarFeature = "hour" | "weekday" | "month" | "dayOfYear";

/**
 * Options of {@link calendarFeatures}.
 *
 * @public
 */
export interface CalendarFeaturesOptions {
  /** The cycles, in the order of the columns. */
  features: readonly CalendarFeature[];
  /** Dtype of the features. Default `"float32"`. */
  dtype?: "float32" | "float64" | undefined;
}

const OPTIONS: OptionNames<CalendarFeaturesOptions> = { features: true, dtype: true };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The elapsed part of each cycle, from 0 to 1. */
const PHASES: Readonly<Record<CalendarFeature, (date: Date) => number>> = {
  hour: (date) => modulo(date.getTime(), DAY) / DAY,
  weekday: (date) => ((date.getUTCDay() + 6) % 7) / 7,
  month: (date) => date.getUTCMonth() / 12,
  dayOfYear(date) {
    const start = Date.UTC(date.getUTCFullYear(), 0);
    const days = (Date.UTC(date.getUTCFullYear() + 1, 0) - start) / DAY;
    return Math.floor((date.getTime() - start) / DAY) / days;
  },
};

/**
 * Times as points on the circles of the calendar: sin(2π p) and cos(2π p), where p is the elapsed part of the cycle.
 *
 * @remarks
 * `T` timestamps to `[T, 2 * features]`, sine and cosine of each feature side by side. Where a cycle ends the next begins, so
 * 23:00 lies as near to midnight as 01:00. `"hour"` counts minutes and smaller parts, too; `"weekday"` begins on Monday and
 * `"month"` in January, each in whole ones; `"dayOfYear"` in whole days of a year of 365 or 366. All in UTC: shift local times
 * first if people's clocks matter.
 *
 * @throws TypeError if a timestamp is not a date or a number, or for an unknown option.
 * @throws RangeError for an unknown feature, or none.
 *
 * @example
 * ```ts
 * import { calendarFeatures } from "@rnn/train/forecasting";
 *
 * const times = ["2024-01-01T00:00Z", "2024-04-01T06:00Z"].map(Date.parse);
 * const features = calendarFeatures(times, { features: ["hour", "month"] });
 * features.round().toArray(); // => [[0, 1, 0, 1], [1, 0, 1, 0]]
 * ```
 *
 * @public
 */
export function calendarFeatures(timestamps: Timestamps, options: CalendarFeaturesOptions): Tensor {
  const where = "calendarFeatures";
  checkOptions(where, options, OPTIONS);
  const { features, dtype = "float32" } = options;
  checkList(where, "features", features, "names");
  if (features.length === 0) throw new RangeError(`${where}: features is empty`);
  for (const name of features) checkChoice(where, "a feature", name, Object.keys(PHASES));
  checkChoice(where, "dtype", dtype, ["float32", "float64"]);
  const times = millisecondsOf(where, timestamps);
  const values = times.flatMap((time) => {
    const date = new Date(time);
    return features.flatMap((name) => {
      const angle = 2 * Math.PI * PHASES[name](date);
      return [Math.sin(angle), Math.cos(angle)];
    });
  });
  const data = dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values);
  return new Tensor(data, [times.length, 2 * features.length]);
}

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}
