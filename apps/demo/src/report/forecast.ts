import type { Layout } from "../tasks/task.ts";
import { lineChart, type Series } from "../terminal/line-chart.ts";

/** Steps of history that are drawn for each step of the forecast, and at least. */
const DRAWN_HISTORY = 3;
const LEAST_HISTORY = 24;

/** A series and how it goes on, ready to print. */
export interface SeriesForecast {
  /** What the user should know of the series, for example that values are missing. */
  readonly notes: readonly string[];
  /** Names of the columns of the date: one, or one for each of its parts. */
  readonly dateColumns: readonly string[];
  /** Name of what is forecast. */
  readonly target: string;
  /** The series so far; NaN where nothing was measured. */
  readonly history: readonly SeriesStep<number>[];
  /** The steps after it: a number each, or one for each quantile. */
  readonly steps: readonly ForecastStep[];
  /** The quantiles, increasing, with 0.5 among them; null if there is one number a step. */
  readonly quantiles: readonly number[] | null;
}

/** One step of a series. */
export interface SeriesStep<Value> {
  /** As it is printed: a date, or a number. */
  readonly time: string;
  readonly value: Value;
}

/** A step after the series: a number, or one for each quantile. */
export interface ForecastStep extends SeriesStep<readonly number[]> {
  /** Its date as the file of the series writes dates, a field for each column. */
  readonly date: readonly string[];
}

/** CSV with a header, in the form of the series: its date, then the value or the quantiles. */
export function forecastCsv({ dateColumns, target, quantiles, steps }: SeriesForecast): string {
  const header = [...dateColumns, ...(quantiles?.map((q) => `${target} ${q}`) ?? [target])];
  return [header, ...steps.map(({ date, value }) => [...date, ...value.map(digits)])].map(csvLine).join("");
}

/** The same as an object. */
export function forecastJson({ target, quantiles, steps }: SeriesForecast): object {
  return {
    target,
    quantiles,
    steps: steps.map(({ time, value }) =>
      quantiles === null ? { time, value: value[0] } : { time, values: value },
    ),
  };
}

/** The end of the series and its forecast as lines. */
export function forecastPlot(
  { target, quantiles, history, steps }: SeriesForecast,
  { width, paint }: Layout,
): string[] {
  const shown = history.slice(-Math.max(LEAST_HISTORY, DRAWN_HISTORY * steps.length));
  const known = shown.map(({ value }) => value);
  const gap = known.slice(1).map(() => Number.NaN);
  // every forecast begins at the last value that is known
  const ahead = (k: number) => [...gap, known.at(-1)!, ...steps.map(({ value }) => value[k]!)];
  const outer = quantiles === null ? [] : [0, quantiles.length - 1];
  const middle = quantiles === null ? 0 : quantiles.indexOf(0.5);
  const series: Series[] = [
    { name: target, colour: "accent", values: [...known, ...steps.map(() => Number.NaN)] },
    ...outer.map((k): Series => ({ name: String(quantiles![k]), colour: "dim", values: ahead(k) })),
    { name: "forecast", colour: "good", values: ahead(middle) },
  ];
  const size = { columns: Math.min(72, width - 30), rows: 12 };
  return lineChart(series, size, paint, [shown[0]!.time, steps.at(-1)!.time]);
}

/** A row as RFC 4180 wants it: quotes around fields that need them. */
function csvLine(fields: readonly string[]): string {
  const quoted = fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field));
  return `${quoted.join(",")}\n`;
}

/** Seven digits say more than any forecast knows. */
function digits(value: number): string {
  return String(Number(value.toPrecision(7)));
}
