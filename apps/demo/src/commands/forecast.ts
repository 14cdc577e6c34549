import { InputError } from "../errors.ts";
import type { CommonOptions } from "../options/common-options.ts";
import type { Parsed } from "../options/parse.ts";
import { forecastCsv, forecastJson, forecastPlot, type SeriesForecast } from "../report/forecast.ts";
import type { TaskCommand } from "../tasks/task.ts";
import { painter } from "../terminal/colour.ts";
import { visible } from "../terminal/format.ts";
import { dataText } from "../terminal/input.ts";
import { jsonDocument } from "../terminal/json.ts";
import { widthOf } from "../terminal/output.ts";
import type { Streams } from "../terminal/streams.ts";

/** What `forecast` needs to know of a saved forecaster. */
export interface SeriesForecaster {
  /** Steps that it forecasts unless told otherwise. */
  readonly horizon: number;
  /** Most steps that it can forecast. */
  readonly maxHorizon: number;
  /**
   * Reads a series and continues it.
   *
   * @param content - The text of a CSV file.
   * @param source - Its name, for messages.
   * @throws InputError if it cannot be read, or is too short.
   */
  forecast(content: string, source: string, horizon: number): SeriesForecast | Promise<SeriesForecast>;
}

const OPTIONS = {
  data: { kind: "text", shown: "FILE", help: "the series so far, as CSV; without it, standard input" },
  horizon: {
    kind: "whole",
    min: 0,
    max: 100_000,
    default: 0,
    help: "steps to forecast; 0: as many as it was trained for",
  },
  plot: { kind: "flag", help: "also draw the series and its forecast, on standard error" },
} as const;

/** `forecast`: continues a time series and prints the steps as CSV. */
export function forecastCommand<Saved>(forecasterOf: (saved: Saved) => SeriesForecaster): TaskCommand<Saved> {
  return {
    options: OPTIONS,
    examples: [
      "npm run --silent start -- forecast --horizon 24 < series.csv > forecast.csv",
      "npm start -- forecast --data series.csv --plot",
      "npm run --silent start -- forecast --model models/mine --json < series.csv",
    ],
    async run(saved: Saved, { values }: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
      const forecaster = forecasterOf(saved);
      const { maxHorizon } = forecaster;
      const horizon = values.horizon === 0 ? forecaster.horizon : values.horizon;
      if (horizon > maxHorizon) {
        throw new InputError(
          `--horizon: this model forecasts at most ${maxHorizon} steps, got ${horizon}; train one with a longer --horizon`,
        );
      }
      const { content, source } = await dataText(values.data, streams);
      const found = await forecaster.forecast(content, source, horizon);
      for (const note of found.notes) streams.err.write(`note: ${visible(note)}\n`);
      streams.out.write(values.json ? jsonDocument(forecastJson(found)) : forecastCsv(found));
      if (!values.plot) return;
      const layout = { width: widthOf(streams.err), paint: painter(streams.err, streams.env) };
      streams.err.write(`${forecastPlot(found, layout).join("\n")}\n`);
    },
  };
}
