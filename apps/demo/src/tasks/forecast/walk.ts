import {
  type WalkForwardForecasts,
  type WalkForwardOptions,
  type WalkForwardResult,
  walkForward,
} from "@rnn/train/forecasting";
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

/** How a network and its competitors did. */
export interface Walk extends WalkForwardResult<string> {
  /** Competitors that cannot forecast this series, by name, and why. */
  readonly skipped: Readonly<Record<string, string>>;
  /** Whether the network has a linear layer beside it, with which it can do what a linear autoregression does. */
  readonly hasLinear: boolean;
}

/**
 * Lets a network and its competitors forecast the steps from `start` on, from every step or so, and scores them. Competitors
 * that cannot forecast the series, a season of which was never observed for example, are passed over.
 *
 * @param start - First step that is forecast; the competitors learn from all before it.
 */
export async function walk(
  series: TimeSeries,
  network: Forecaster,
  task: ForecastTask,
  start: number,
): Promise<Walk> {
  const { rows } = series;
  const { horizon, season, quantiles } = task;
  const options: WalkForwardOptions = {
    start,
    horizon,
    stride: Math.ceil((rows.length - start - horizon + 1) / MAX_ORIGINS),
    season,
    ...(quantiles.length > 0 ? { quantiles } : {}),
  };
  const name = networkName(network.config);
  const own = await walkForward(rows, { [name]: networkForecaster(network, task, series) }, options);
  const models: Record<string, WalkForwardForecasts> = { ...own.models };
  const skipped: Record<string, string> = {};
  for (const [other, forecaster] of Object.entries(competitors(task, network.config.history))) {
    try {
      Object.assign(models, (await walkForward(rows, { [other]: forecaster }, options)).models);
    } catch (error) {
      // the options are those of the network, so what is out of range is the series
      if (!(error instanceof RangeError)) throw error;
      skipped[other] = error.message.replace(/^[\w.]+: /, "");
    }
  }
  return { origins: own.origins, actual: own.actual, models, skipped, hasLinear: network.config.linear };
}
