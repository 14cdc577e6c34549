import { type WalkForwardResult, walkForward } from "@rnn/train/forecasting";
import { competitors } from "./competitors.ts";
import type { TimeSeries } from "./data/series.ts";
import type { ForecastTask } from "./forecast-task.ts";
import type { Forecaster } from "./model.ts";
import { networkForecaster } from "./network-forecaster.ts";

/** About how many origins a test has at most. */
const MAX_ORIGINS = 200;

/** What a network is called in tables. */
export function networkName({ cell, linear }: Forecaster["config"]): string {
  return `${cell}${linear ? " + linear" : ""}`;
}

/**
 * Lets a network and its competitors forecast the steps from `start` on, from every step or so, and scores them.
 *
 * @param start - First step that is forecast; the competitors learn from all before it.
 */
export function walk(
  series: TimeSeries,
  network: Forecaster,
  task: ForecastTask,
  start: number,
): Promise<WalkForwardResult<string>> {
  const { horizon, season, quantiles } = task;
  const origins = series.rows.length - start - horizon + 1;
  return walkForward(
    series.rows,
    {
      [networkName(network.config)]: networkForecaster(network, task, series.times),
      ...competitors(task, network.config.history),
    },
    {
      start,
      horizon,
      stride: Math.ceil(origins / MAX_ORIGINS),
      season,
      ...(quantiles.length > 0 ? { quantiles } : {}),
    },
  );
}
