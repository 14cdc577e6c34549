import {
  type Forecaster,
  type ForecasterFactory,
  LinearAutoregression,
  naive,
  seasonalNaive,
} from "@rnn/train/forecasting";
import { filledEnd } from "./filled-end.ts";
import type { ForecastTask } from "./forecast-task.ts";

/** Most lags of the linear competitors. */
const MAX_LAGS = 192;

/** Whom a network has to beat, by name: the simple forecasts, and linear autoregressions that see as much as it does. */
export function competitors(
  { season, horizon }: ForecastTask,
  history: number,
): Record<string, Forecaster | ForecasterFactory> {
  const lags = Math.min(history, MAX_LAGS);
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

/** Fitted to what was observed, forecasts from histories whose gaps are filled. */
function autoregression(lags: number, horizon: number): ForecasterFactory {
  return (training) => {
    const model = new LinearAutoregression({ lags, horizon, ridge: penaltyOf(training) }).fit(training);
    return { forecast: (history, steps) => model.forecast(filledEnd(history, 1, lags).flat(), steps) };
  };
}

/** A billionth of the series' own squares: next to nothing, but enough where lags depend on each other. */
function penaltyOf(series: Float64Array): number {
  return 1e-9 * series.reduce((sum, y) => sum + (Number.isNaN(y) ? 0 : y * y), 0);
}
