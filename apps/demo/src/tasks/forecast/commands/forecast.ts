import { Tensor } from "@rnn/tensor";
import { forecastCommand as commandOf, type SeriesForecaster } from "../../../commands/forecast.ts";
import type { ForecastStep, SeriesForecast } from "../../../report/forecast.ts";
import type { TaskCommand } from "../../task.ts";
import { dateFields } from "../data/date-form.ts";
import { columnNames } from "../data/read-series.ts";
import { seriesNotes, timeText } from "../data/series.ts";
import { later } from "../data/step.ts";
import { networkForecaster } from "../network-forecaster.ts";
import type { SavedForecaster } from "../saved/model-file.ts";
import { historyNotes } from "./history-notes.ts";
import { seriesFor } from "./series-for.ts";

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
      const series = await seriesFor(saved, content, source);
      const { rows, times, step, dateForm } = series;
      const origin = rows.length;
      const past = new Tensor(Float64Array.from(rows.flat()), [origin, model.config.variables]);
      const context = { origin, past };
      const forecast = networkForecaster(model, task, series).forecast([], horizon, context);
      return {
        notes: [...seriesNotes(series), ...historyNotes(series, saved)],
        dateColumns: columnNames(task.columns.date),
        target: task.columns.target,
        quantiles: task.quantiles.length === 0 ? null : task.quantiles,
        history: rows.map(([value], t) => ({ time: timeText(series, times[t]!), value: value! })),
        steps: Array.from<number | ArrayLike<number>, ForecastStep>(forecast, (value, h) => {
          const time = later(times[origin - 1]!, h + 1, step);
          const date = dateFields(time, dateForm);
          return {
            time: dateForm.isSplit ? timeText(series, time) : date[0]!,
            date,
            value: typeof value === "number" ? [value] : Array.from(value),
          };
        }),
      };
    },
  };
}
