import { Generator } from "@rnn/tensor";
import { StandardScaler } from "@rnn/train/forecasting";
import { InputError } from "../../errors.ts";
import { count, counted } from "../../terminal/format.ts";
import type { TimeSeries } from "./data/series.ts";
import { stepName } from "./data/step.ts";
import type { ForecastTask } from "./forecast-task.ts";
import { Forecaster } from "./model.ts";
import type { PreparedSeries } from "./prepare.ts";
import type { TrainOptions } from "./train-options.ts";
import { spreadOf, type TrainingWindows, windowsOf } from "./windows.ts";

/** A network that can begin to learn from the steps before a certain one, and everything that was fitted to them. */
export interface Stage {
  readonly task: ForecastTask;
  readonly model: Forecaster;
  readonly windows: TrainingWindows;
  /** Draws the order of the windows. */
  readonly generator: Generator;
}

/**
 * Fits the scaler to the steps before `end`, cuts them into windows and builds a network.
 *
 * @throws {@link InputError} if there is nothing to learn.
 */
export function stageOf(options: TrainOptions, { series, task: plan }: PreparedSeries, end: number): Stage {
  const scaler = new StandardScaler({ missing: "keep" }).fit(series.rows.slice(0, end));
  const task: ForecastTask = { ...plan, scaler };
  const shape = windowShape(options);
  const windows = windowsOf(series, task, shape, [0, end]);
  if (windows.origins.length === 0) {
    throw new InputError(emptyPart("training", series, shape.steps));
  }
  const generator = new Generator(options.seed);
  const variables = 1 + task.columns.inputs.length;
  const fromLast = options.from === "last";
  const config = {
    cell: options.cell as Forecaster["config"]["cell"],
    history: options.history,
    variables,
    calendar: 2 * task.calendar.length,
    hidden: options.hidden,
    layers: options.layers,
    steps: shape.steps,
    quantiles: Math.max(1, task.quantiles.length),
    linear: options.linear === "yes",
    fromLast,
    spread: fromLast ? spreadOf(windows) : 1,
  };
  return { task, windows, generator, model: new Forecaster(config, generator) };
}

/** The message for a part of the series without a single window. */
export function emptyPart(part: string, { source, rows, gaps, step }: TimeSeries, steps: number): string {
  const missing = rows.filter(([value]) => Number.isNaN(value)).length;
  const rowless = gaps === 0 ? "" : `, ${count(gaps)} of them no row`;
  return (
    `${source}: the ${part} part nowhere has ${counted(steps, "step")} in a row with a value: of ${count(rows.length)} steps of ` +
    `${stepName(step)}, ${count(missing)} have none${rowless}; fill them, sum or average to longer steps, or choose a shorter --horizon`
  );
}

/** The size of windows that options mean. */
export function windowShape({ history, horizon, stride, strategy }: TrainOptions): {
  history: number;
  stride: number;
  steps: number;
} {
  return { history, stride, steps: strategy === "direct" ? horizon : 1 };
}
