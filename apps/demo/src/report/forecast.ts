import { csvFormatRows } from "d3-dsv";
import type { Layout } from "../tasks/task.ts";
import { lineChart, type Series } from "../terminal/line-chart.ts";

/** Steps of history that are drawn for each step of the forecast, and at least. */
const DRAWN_HISTORY = 3;
const LEAST_HISTORY = 24;

/** A forecast, ready to print. */
export interface ForecastTable {
  /** Name of the column that is forecast. */
  readonly target: string;
  readonly timeColumn: string | null;
  /** The times of the history and of the steps; null without a column of times. */
  readonly times: readonly string[] | null;
  readonly quantiles: readonly number[] | null;
  /** The values that it goes on from. */
  readonly history: Float64Array;
  /** A number a step, or one for each quantile. */
  readonly steps: readonly (readonly number[])[];
}

/** CSV with a header: time or step, then the value or the quantiles. */
export function forecastCsv({ target, timeColumn, times, quantiles, history, steps }: ForecastTable): string {
  const header = [timeColumn ?? "step", ...(quantiles?.map((q) => `${target} ${q}`) ?? [target])];
  const rows = steps.map((values, step) => [
    times?.[history.length + step] ?? String(step + 1),
    ...values.map(digits),
  ]);
  return `${csvFormatRows([header, ...rows])}\n`;
}

/** The same as an object. */
export function forecastJson({ target, times, quantiles, history, steps }: ForecastTable): object {
  return {
    column: target,
    quantiles,
    steps: steps.map((values, step) => ({
      ...(times === null ? { step: step + 1 } : { time: times[history.length + step] }),
      ...(quantiles === null ? { value: values[0] } : { values }),
    })),
  };
}

/** The end of the series and its forecast as lines. */
export function forecastPlot(
  { target, times, quantiles, history, steps }: ForecastTable,
  { width, paint }: Layout,
): string[] {
  const shown = Array.from(history.slice(-Math.max(LEAST_HISTORY, DRAWN_HISTORY * steps.length)));
  const gap = shown.slice(1).map(() => Number.NaN);
  // every forecast begins at the last value that is known
  const ahead = (k: number) => [...gap, shown.at(-1)!, ...steps.map((values) => values[k]!)];
  const known: Series = {
    name: target,
    colour: "accent",
    values: [...shown, ...steps.map(() => Number.NaN)],
  };
  const outer = quantiles === null ? [] : [0, quantiles.length - 1];
  const bounds = outer.map((k): Series => ({ name: String(quantiles![k]), colour: "dim", values: ahead(k) }));
  const middle = quantiles === null ? 0 : quantiles.indexOf(0.5);
  const forecast: Series = { name: "forecast", colour: "good", values: ahead(middle) };
  const size = { columns: Math.min(72, width - 30), rows: 12 };
  const at = (step: number) => times?.[step] ?? String(step + 1);
  const ends = [at(history.length - shown.length), at(history.length + steps.length - 1)] as const;
  return lineChart([known, ...bounds, forecast], size, paint, ends);
}

/** Seven digits say more than any forecast knows. */
function digits(value: number): string {
  return String(Number(value.toPrecision(7)));
}
