import {
  type Forecaster,
  type ForecasterFactory,
  forwardFill,
  LinearAutoregression,
  naive,
  seasonalNaive,
} from "@rnn/train/forecasting";
import { filledEnd } from "./filled-end.ts";
import type { ForecastTask } from "./forecast-task.ts";

/** Most lags of the linear competitors. */
const MAX_LAGS = 192;

/** How many lags linear competitors of a network have that sees so many steps. */
export function lagsOf(history: number): number {
  return Math.min(history, MAX_LAGS);
}

/** Whom a network has to beat, by name: the simple forecasts, and linear autoregressions that see as much as it does. */
export function competitors(
  { season, horizon }: ForecastTask,
  history: number,
): Record<string, Forecaster | ForecasterFactory> {
  const lags = lagsOf(history);
  const seasonal =
    season > 1
      ? {
          "seasonal naive": seasonalNaive({ season }),
          "seasonal naive + drift": seasonalNaive({ season, drift: true }),
        }
      : {};
  return {
    naive: naive(),
    ...seasonal,
    "linear AR": autoregression(lags, 1),
    ...(horizon > 1 ? { "linear AR, direct": autoregression(lags, horizon) } : {}),
  };
}

/**
 * Fitted to what was observed, forecasts from histories whose gaps are filled. Where gaps leave next to nothing to fit it to, as
 * the holidays of a stock exchange do, they are filled before.
 */
function autoregression(lags: number, horizon: number): ForecasterFactory {
  return (training) => {
    const isSparse = wholeRows(training, lags + horizon) < 2 * (lags + 1);
    const known = isSparse ? forwardFill(Array.from(training)) : training;
    const model = new LinearAutoregression({ lags, horizon, ridge: penaltyOf(training) }).fit(known);
    return { forecast: (history, steps) => model.forecast(filledEnd(history, 1, lags).flat(), steps) };
  };
}

/** How many times so many values in a row were all observed. */
function wholeRows(series: Float64Array, length: number): number {
  let observed = 0;
  let rows = 0;
  for (const value of series) {
    observed = Number.isNaN(value) ? 0 : observed + 1;
    if (observed >= length) rows++;
  }
  return rows;
}

/** A billionth of the series' own squares: next to nothing, but enough where lags depend on each other. */
function penaltyOf(series: Float64Array): number {
  return 1e-9 * series.reduce((sum, y) => sum + (Number.isNaN(y) ? 0 : y * y), 0);
}
