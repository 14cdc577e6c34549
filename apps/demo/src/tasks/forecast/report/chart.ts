import type { WalkForwardResult } from "@rnn/train/forecasting";
import { shorten, visible } from "../../../terminal/format.ts";
import { lineChart } from "../../../terminal/line-chart.ts";
import type { Layout } from "../../task.ts";
import { type TimeSeries, timeText } from "../data/series.ts";
import { stepName } from "../data/step.ts";

/** Most forecasts that are drawn one after the other. */
const MAX_FORECASTS = 5;

/** The last forecasts of the first model that do not overlap, and what came. */
export function forecastChart(
  result: WalkForwardResult<string>,
  series: TimeSeries,
  target: string,
  { width, paint }: Layout,
): string[] {
  const { forecasts } = Object.values(result.models)[0]!;
  const chosen = lastApart(result.origins, result.actual[0]!.length);
  const truth = chosen.flatMap((n) => result.actual[n]!);
  const forecast = chosen.flatMap((n) => forecasts[n]!);
  const horizon = result.actual[0]!.length;
  const [first, last] = [result.origins[chosen[0]!]!, result.origins[chosen.at(-1)!]! + horizon - 1];
  const [from, to] = [timeText(series, series.times[first]!), timeText(series, series.times[last]!)];
  const ahead = horizon === 1 ? stepName(series.step) : `${horizon} steps of ${stepName(series.step)}`;
  return [
    paint("bold", `${visible(shorten(target, 30))}, ${from} to ${to}, forecast ${ahead} ahead`),
    ...lineChart(
      [
        { name: "truth", colour: "dim", values: truth },
        { name: "forecast", colour: "good", values: forecast },
      ],
      { columns: Math.min(72, width - 28), rows: 10 },
      paint,
      [from, to],
    ),
  ];
}

/** Positions of the last origins that are a horizon apart. */
function lastApart(origins: readonly number[], horizon: number): number[] {
  const chosen: number[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (let n = origins.length - 1; n >= 0 && chosen.length < MAX_FORECASTS; n--) {
    if (origins[n]! + horizon > next) continue;
    chosen.unshift(n);
    next = origins[n]!;
  }
  return chosen;
}
