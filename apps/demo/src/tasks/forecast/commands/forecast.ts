import { Tensor } from "@rnn/tensor";
import { forecastCommand as commandOf, type SeriesForecaster } from "../../../commands/forecast.ts";
import type { SeriesForecast } from "../../../report/forecast.ts";
import type { TaskCommand } from "../../task.ts";
import { parseSeries } from "../data/read-series.ts";
import { dateText, later } from "../data/step.ts";
import { networkForecaster } from "../network-forecaster.ts";
import type { SavedForecaster } from "../saved/model-file.ts";
import { checkSeries } from "./check-series.ts";

/** Most steps of a forecast that is fed back. */
const MAX_HORIZON = 100_000;

/** `forecast`: the steps after the end of a series. */
export const forecastCommand: TaskCommand<SavedForecaster> = commandOf(forecasterOf);

/** A saved forecaster as the command uses it. */
export function forecasterOf(saved: SavedForecaster): SeriesForecaster {
  const { model, task } = saved;
  return {
    horizon: task.horizon,
    maxHorizon: task.strategy === "direct" ? task.horizon : MAX_HORIZON,
    async forecast(content, source, horizon): Promise<SeriesForecast> {
      const series = parseSeries(content, task.columns, source);
      checkSeries(series, saved);
      const { rows, times, step } = series;
      const origin = rows.length;
      const past = new Tensor(Float64Array.from(rows.flat()), [origin, model.config.variables]);
      const context = { origin, past };
      const forecast = networkForecaster(model, task, times).forecast([], horizon, context);
      return {
        target: task.columns.target,
        quantiles: task.quantiles.length === 0 ? null : task.quantiles,
        history: rows.map(([value], t) => ({ time: dateText(times[t]!, step), value: value! })),
        steps: Array.from<number | ArrayLike<number>, SeriesForecast["steps"][number]>(
          forecast,
          (value, h) => ({
            time: dateText(later(times[origin - 1]!, h + 1, step), step),
            value: typeof value === "number" ? [value] : Array.from(value),
          }),
        ),
      };
    },
  };
}
