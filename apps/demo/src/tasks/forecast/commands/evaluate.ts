import { InputError } from "../../../errors.ts";
import type { CommonOptions } from "../../../options/common-options.ts";
import type { Parsed } from "../../../options/parse.ts";
import { jsonName, withJsonNames } from "../../../report/json-names.ts";
import { painter } from "../../../terminal/colour.ts";
import { counted, visible } from "../../../terminal/format.ts";
import { inputText } from "../../../terminal/input.ts";
import { jsonDocument } from "../../../terminal/json.ts";
import { widthOf } from "../../../terminal/output.ts";
import type { Streams } from "../../../terminal/streams.ts";
import { fold } from "../../../terminal/wrap.ts";
import type { TaskCommand } from "../../task.ts";
import { loadSeries, parseSeries } from "../data/read-series.ts";
import { seriesNotes, spanText } from "../data/series.ts";
import { forecastChart } from "../report/chart.ts";
import { scoreLines, scoresJson } from "../report/scores.ts";
import type { SavedForecaster } from "../saved/model-file.ts";
import { networkName, walk } from "../walk.ts";
import { checkSeries } from "./check-series.ts";

const OPTIONS = {
  data: {
    kind: "text",
    shown: "FILE",
    help: "the series, with the columns it was trained on; without it, CSV on standard input",
  },
  "test-steps": {
    kind: "whole",
    min: 0,
    max: 1_000_000,
    default: 0,
    help: "last steps to forecast; 0: ten seasons, at most a fifth",
  },
} as const;

/** `evaluate` of a forecaster: walks through the end of a series, beside the simple competitors. */
export const evaluateCommand: TaskCommand<SavedForecaster> = {
  options: OPTIONS,
  examples: ["npm start -- evaluate --model models/forecast --data series.csv --test-steps 240"],
  async run(saved: SavedForecaster, { values }: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
    const { model, task } = saved;
    const series =
      values.data === undefined
        ? await parseSeries(
            await inputText(streams, "name a file with --data FILE"),
            task.columns,
            "standard input",
          )
        : await loadSeries(values.data, task.columns);
    checkSeries(series, saved);
    for (const note of seriesNotes(series)) streams.err.write(`note: ${visible(note)}\n`);
    const length = series.rows.length;
    const usual = Math.max(task.horizon, Math.min(10 * task.season, Math.floor(length / 5)));
    const start = length - (values["test-steps"] || usual);
    const { history } = model.config;
    const least = history + task.horizon + Math.min(history, 192) + 1;
    if (start < least || start > length - task.horizon) {
      throw new InputError(
        `${series.source}: of its ${length} steps, ${least} at least come before those to forecast, and ${task.horizon} are one forecast; ` +
          `choose others with --test-steps`,
      );
    }
    const result = await walk(series, model, task, start);
    const layout = { width: widthOf(streams.out), paint: painter(streams.out, streams.env) };
    const { origins } = result;
    streams.out.write(
      values.json
        ? jsonDocument({
            task: "forecast",
            data: series.source,
            name: jsonName(networkName(model.config)),
            target: task.columns.target,
            origins: origins.length,
            horizon: task.horizon,
            models: scoresJson(result),
            skipped: withJsonNames(result.skipped),
          })
        : `${[
            ...fold(
              `${visible(series.source)}, ${spanText(series, start)}, by a model trained on ${visible(saved.note.data)}`,
              layout.width,
            ),
            `${counted(origins.length, "forecast")} of ${counted(task.horizon, "step")}; the competitors know the steps before`,
            "",
            ...scoreLines(result, layout),
            "",
            ...forecastChart(result, series, task.columns.target, layout),
          ].join("\n")}\n`,
    );
  },
};
