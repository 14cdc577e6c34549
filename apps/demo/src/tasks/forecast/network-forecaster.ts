import { noGrad } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import {
  type ForecastContext,
  type Forecaster,
  recursiveForecast,
  sortQuantiles,
} from "@rnn/train/forecasting";
import type { TimeSeries } from "./data/series.ts";
import { filledEnd } from "./filled-end.ts";
import { type ForecastTask, scaleSeries } from "./forecast-task.ts";
import type { Forecaster as Network } from "./model.ts";

/** A forecaster that looks at all variables, which the context has, and answers at once. */
interface NetworkForecaster extends Forecaster {
  forecast(history: unknown, horizon: number, context?: ForecastContext): number[] | number[][];
}

/**
 * A trained network as a forecaster of the series itself: fills gaps, scales, forecasts, scales back.
 *
 * @param series - Has times of at least the steps that it is asked to go on from.
 */
export function networkForecaster(
  network: Network,
  task: ForecastTask,
  { times, step }: Pick<TimeSeries, "times" | "step">,
): NetworkForecaster {
  const { history } = network.config;
  return {
    forecast(_target, horizon, context) {
      const { origin, past } = context!;
      const rows = filledEnd(past.data, network.config.variables, history);
      const window = scaleSeries(rows, times.slice(origin - history, origin), { ...task, step, horizon });
      const inputs = window.inputs.unsqueeze(0);
      const scaled =
        task.strategy === "direct"
          ? noGrad(() => network.forward(inputs)).value.slice([], [0, horizon])
          : recursiveForecast(
              (x) => network.forward(x),
              { inputs, future: window.future.unsqueeze(0) },
              { horizon },
            );
      return unscaled(scaled, task);
    },
  };
}

/** Forecasts `[1, horizon, Q]` in the unit of the series: a list, or rows of quantiles in order. */
function unscaled(scaled: Tensor, { scaler, quantiles }: ForecastTask): number[] | number[][] {
  const values = scaler.select([0]).inverseTransform(scaled.clone().to("float64"));
  if (quantiles.length === 0) return values.flatten().toArray() as number[];
  return sortQuantiles(values).squeeze(0).toArray() as number[][];
}
