import { Tensor } from "@rnn/tensor";
import { extendTimestamps, type Forecaster } from "@rnn/train/forecasting";
import { readText } from "../data/read-text.ts";
import { cellsOf, numbersOf, parseSeriesTable, type SeriesTable } from "../data/series-table.ts";
import { parseTimes, printTime, type Times } from "../data/times.ts";
import { InputError } from "../errors.ts";
import type { CommonOptions } from "../options/common-options.ts";
import type { Parsed } from "../options/parse.ts";
import { type ForecastTable, forecastCsv, forecastJson, forecastPlot } from "../report/forecast.ts";
import type { TaskCommand } from "../tasks/task.ts";
import { painter } from "../terminal/colour.ts";
import { inputText } from "../terminal/input.ts";
import { jsonDocument } from "../terminal/json.ts";
import { widthOf } from "../terminal/output.ts";
import type { Streams } from "../terminal/streams.ts";

/** What `forecast` needs to know of a saved forecaster. */
export interface SeriesModel {
  /** The column with the times, if the model looks at the calendar or its data had such a column. */
  readonly timeColumn: string | null;
  /** The columns that it reads; the first is the one that it forecasts. */
  readonly columns: readonly [string, ...string[]];
  /** Steps of history that it needs. */
  readonly minHistory: number;
  /** Steps that it forecasts unless told otherwise. */
  readonly horizon: number;
  /** Most steps that it can forecast. */
  readonly maxHorizon: number;
  /** The quantiles of its forecasts, increasing, with 0.5 among them; null if it gives one number a step. */
  readonly quantiles: readonly number[] | null;
  /**
   * The model at work.
   *
   * @param timestamps - Times of the history and of the steps to forecast, if there is a column of times.
   */
  forecaster(timestamps: readonly number[] | null): Forecaster;
}

const OPTIONS = {
  data: { kind: "text", shown: "FILE", help: "the series so far, as CSV; without it, standard input" },
  horizon: {
    kind: "whole",
    min: 0,
    max: 100_000,
    default: 0,
    help: "steps to forecast; 0 as many as the model was trained for",
  },
  plot: { kind: "flag", help: "also draw the series and its forecast on standard error" },
} as const;

/** `forecast`: continues a time series and prints the steps as CSV. */
export function forecastCommand<Saved>(modelOf: (saved: Saved) => SeriesModel): TaskCommand<Saved> {
  return {
    options: OPTIONS,
    examples: [
      "npm run --silent start -- forecast --horizon 24 < series.csv > forecast.csv",
      "npm start -- forecast --data series.csv --plot",
      "npm run --silent start -- forecast --model models/mine --json < series.csv",
    ],
    async run(saved: Saved, { values }: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
      const model = modelOf(saved);
      const horizon = values.horizon === 0 ? model.horizon : values.horizon;
      if (horizon > model.maxHorizon) {
        throw new InputError(
          `--horizon: this model forecasts at most ${model.maxHorizon} steps, got ${horizon}; train one with a longer --horizon`,
        );
      }
      const content =
        values.data === undefined
          ? await inputText(streams, "pipe a series in, or name its file with --data FILE")
          : await readText(values.data);
      const table = await forecastTable(
        model,
        parseSeriesTable(content, values.data ?? "standard input"),
        horizon,
      );
      streams.out.write(values.json ? jsonDocument(forecastJson(table)) : forecastCsv(table));
      if (!values.plot) return;
      const layout = { width: widthOf(streams.err), paint: painter(streams.err, streams.env) };
      streams.err.write(`${forecastPlot(table, layout).join("\n")}\n`);
    },
  };
}

async function forecastTable(
  model: SeriesModel,
  input: SeriesTable,
  horizon: number,
): Promise<ForecastTable> {
  const [target] = model.columns;
  const columns = model.columns.map((name) => knownNumbers(input, name));
  const steps = input.rows.length;
  if (steps < model.minHistory) {
    throw new InputError(
      `${input.source}: has ${steps} steps, but the model reads the last ${model.minHistory}`,
    );
  }
  const times = model.timeColumn === null ? null : timesOf(input, model.timeColumn, horizon);
  const past = new Tensor(
    Float64Array.from(
      { length: steps * columns.length },
      (_, i) => columns[i % columns.length]![Math.floor(i / columns.length)]!,
    ),
    [steps, columns.length],
  );
  const [history] = columns as [Float64Array];
  const forecast = await model
    .forecaster(times?.milliseconds ?? null)
    .forecast(history, horizon, { origin: steps, past });
  return {
    target,
    timeColumn: model.timeColumn,
    times: times === null ? null : times.milliseconds.map((time) => printTime(time, times.form)),
    quantiles: model.quantiles,
    history,
    steps: Array.from(forecast as ArrayLike<number | ArrayLike<number>>, (step) =>
      typeof step === "number" ? [step] : Array.from(step),
    ),
  };
}

function knownNumbers(table: SeriesTable, name: string): Float64Array {
  const values = numbersOf(table, name);
  const missing = values.findIndex(Number.isNaN);
  if (missing < 0) return values;
  throw new InputError(
    `${table.source}: row ${table.firstRow + missing}: "${name}" is missing; fill the gap first`,
  );
}

/** The times of the history and of the steps that follow. */
function timesOf(table: SeriesTable, column: string, horizon: number): Times {
  const where = `${table.source}: column "${column}"`;
  const { milliseconds, form } = parseTimes(cellsOf(table, column), where, table.firstRow);
  try {
    return { milliseconds: [...milliseconds, ...extendTimestamps(milliseconds, horizon)], form };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const step = /step (\d+) comes/.exec(error.message)?.[1];
    const row = step === undefined ? "" : ` up to row ${table.firstRow + Number(step)}`;
    throw new InputError(
      `${where}: the steps${row} are not equally far apart, in time or in months; add the missing rows, or leave out what is repeated`,
    );
  }
}
