import { InputError } from "../../../errors.ts";
import type { CommonOptions } from "../../../options/common-options.ts";
import type { Parsed } from "../../../options/parse.ts";
import { jsonName, withJsonNames } from "../../../report/json-names.ts";
import { painter } from "../../../terminal/colour.ts";
import { counted, visible } from "../../../terminal/format.ts";
import { dataText } from "../../../terminal/input.ts";
import { jsonDocument } from "../../../terminal/json.ts";
import { widthOf } from "../../../terminal/output.ts";
import type { Streams } from "../../../terminal/streams.ts";
import { fold } from "../../../terminal/wrap.ts";
import type { Layout, TaskCommand } from "../../task.ts";
import { lagsOf } from "../competitors.ts";
import { seriesNotes, spanText, type TimeSeries } from "../data/series.ts";
import { usualTestSteps } from "../forecast-task.ts";
import { forecastChart } from "../report/chart.ts";
import { scoreLines, scoresJson } from "../report/scores.ts";
import type { SavedForecaster } from "../saved/model-file.ts";
import { networkName, type Walk, walk } from "../walk.ts";
import { seriesFor } from "./series-for.ts";

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
    const { content, source } = await dataText(values.data, streams);
    const series = await seriesFor(saved, content, source);
    for (const note of seriesNotes(series)) streams.err.write(`note: ${visible(note)}\n`);
    const start = testStart(series, saved, values["test-steps"]);
    const result = await walk(series, model, task, start);
    if (values.json) {
      streams.out.write(jsonDocument(evaluationJson(saved, series, result)));
      return;
    }
    const layout = { width: widthOf(streams.out), paint: painter(streams.out, streams.env) };
    streams.out.write(`${evaluationLines(saved, series, start, result, layout).join("\n")}\n`);
  },
};

/**
 * Where the steps begin that are forecast.
 *
 * @param given - How many they are; 0 for as many as is usual.
 * @throws {@link InputError} if too few steps come before, or they are fewer than one forecast.
 */
function testStart({ source, rows }: TimeSeries, { model, task }: SavedForecaster, given: number): number {
  const { length } = rows;
  const { history } = model.config;
  const start = length - (given || usualTestSteps(task, length));
  // a window, its forecast, and as many more as the linear competitors need
  const least = history + task.horizon + lagsOf(history) + 1;
  if (start >= least && start <= length - task.horizon) return start;
  throw new InputError(
    `${source}: of its ${length} steps, ${least} at least come before those to forecast, and ${task.horizon} are one forecast; ` +
      "choose others with --test-steps",
  );
}

function evaluationJson({ model, task }: SavedForecaster, { source }: TimeSeries, result: Walk): object {
  return {
    task: "forecast",
    data: source,
    name: jsonName(networkName(model.config)),
    target: task.columns.target,
    origins: result.origins.length,
    horizon: task.horizon,
    models: scoresJson(result),
    skipped: withJsonNames(result.skipped),
  };
}

function evaluationLines(
  { task, note }: SavedForecaster,
  series: TimeSeries,
  start: number,
  result: Walk,
  layout: Layout,
): string[] {
  const forecasts = `${counted(result.origins.length, "forecast")} of ${counted(task.horizon, "step")}`;
  return [
    ...fold(
      `${visible(series.source)}, ${spanText(series, start)}, by a model trained on ${visible(note.data)}`,
      layout.width,
    ),
    `${forecasts}; the competitors know the steps before`,
    "",
    ...scoreLines(result, layout),
    "",
    ...forecastChart(result, series, task.columns.target, layout),
  ];
}
