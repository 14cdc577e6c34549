import { type CalendarFeature, scalerFromJSON } from "@rnn/train/forecasting";
import {
  distinctTexts,
  members,
  numberIn,
  oneOf,
  SavedModelError,
  wholeIn,
} from "../../../saved/json-checks.ts";
import { descriptionMembers } from "../../../saved/model-file.ts";
import { readNote, type TrainingNote, writeNote } from "../../../saved/note.ts";
import { type Step, UNITS } from "../data/step.ts";
import type { ForecastTask } from "../forecast-task.ts";
import type { ForecasterConfig } from "../model.ts";

/** Metadata entry of the description, and its format. */
export const KEY = "rnn.forecaster";
const VERSION = 1;
const MEMBERS = ["model", "task", "scaler", "training"] as const;
const TASK = ["columns", "step", "horizon", "strategy", "season", "calendar", "quantiles"] as const;
const MODEL = ["cell", "history", "hidden", "layers", "linear", "fromLast", "spread"] as const;

/** Bounds of sizes in a file; generous, but no file can make a reader allocate without end. */
const MAX_UNITS = 16_384;
const MAX_STEPS = 1_000_000;
const MAX_COLUMNS = 10_000;
const MAX_QUANTILES = 1000;
const MAX_MS = 1e14;

/** All of a saved forecaster but its weights. */
export interface Description {
  readonly config: ForecasterConfig;
  readonly task: ForecastTask;
  readonly note: TrainingNote;
}

/** A description as it is written. */
export function writeDescription({ config, task, note }: Description): object {
  // what follows from the task is not said twice
  const {
    variables: _variables,
    calendar: _calendar,
    steps: _steps,
    quantiles: _quantiles,
    ...model
  } = config;
  const { scaler, ...others } = task;
  return { format: KEY, version: VERSION, model, task: others, scaler, training: writeNote(note) };
}

/**
 * Reads a description that may come from anyone.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function readDescription(text: string): Description {
  const root = descriptionMembers(text, KEY, [VERSION], MEMBERS);
  const task: ForecastTask = { ...readTask(root.task), scaler: readScaler(root.scaler) };
  const variables = 1 + task.columns.inputs.length;
  if (task.scaler.variables !== variables) {
    throw new SavedModelError(
      `"scaler" has ${task.scaler.variables} variables, but "task.columns" ${variables}`,
    );
  }
  const model = members(root.model, '"model"', MODEL);
  const config: ForecasterConfig = {
    cell: oneOf(model.cell, '"model.cell"', ["rnn", "lstm", "gru"]),
    history: wholeIn(model.history, '"model.history"', 1, MAX_STEPS),
    hidden: wholeIn(model.hidden, '"model.hidden"', 1, MAX_UNITS),
    layers: wholeIn(model.layers, '"model.layers"', 1, 64),
    linear: trueOrFalse(model.linear, '"model.linear"'),
    fromLast: trueOrFalse(model.fromLast, '"model.fromLast"'),
    spread: numberIn(model.spread, '"model.spread"', 1e-9, 1e9),
    variables,
    calendar: 2 * task.calendar.length,
    steps: task.strategy === "direct" ? task.horizon : 1,
    quantiles: Math.max(1, task.quantiles.length),
  };
  return { config, task, note: readNote(root.training) };
}

function readTask(value: unknown): Omit<ForecastTask, "scaler"> {
  const task = members(value, '"task"', TASK);
  const columns = members(task.columns, '"task.columns"', ["date", "target", "inputs"]);
  const step = members(task.step, '"task.step"', ["unit", "count"]);
  return {
    columns: {
      date: textOf(columns.date, '"task.columns.date"'),
      target: textOf(columns.target, '"task.columns.target"'),
      inputs: distinctTexts(columns.inputs, '"task.columns.inputs"', 0, MAX_COLUMNS),
    },
    step: {
      unit: oneOf<Step["unit"]>(step.unit, '"task.step.unit"', UNITS),
      count: wholeIn(step.count, '"task.step.count"', 1, MAX_MS),
    },
    horizon: wholeIn(task.horizon, '"task.horizon"', 1, MAX_STEPS),
    strategy: oneOf<ForecastTask["strategy"]>(task.strategy, '"task.strategy"', ["direct", "recursive"]),
    season: wholeIn(task.season, '"task.season"', 1, MAX_STEPS),
    calendar: distinctTexts(task.calendar, '"task.calendar"', 0, 4).map((name) =>
      oneOf<CalendarFeature>(name, '"task.calendar"', ["hour", "weekday", "month", "dayOfYear"]),
    ),
    quantiles: readQuantiles(task.quantiles),
  };
}

function readQuantiles(value: unknown): number[] {
  if (!Array.isArray(value) || value.length > MAX_QUANTILES) {
    throw new SavedModelError(`"task.quantiles" is no list of at most ${MAX_QUANTILES} numbers`);
  }
  const quantiles = value.map((q) => numberIn(q, '"task.quantiles"', 0, 1));
  const isFine = quantiles.every((q, k) => q > (quantiles[k - 1] ?? 0) && q < 1);
  if (isFine && (quantiles.length === 0 || quantiles.includes(0.5))) return quantiles;
  throw new SavedModelError(
    '"task.quantiles" are not increasing numbers between 0 and 1 with 0.5 among them',
  );
}

function readScaler(value: unknown): ForecastTask["scaler"] {
  try {
    return scalerFromJSON(value);
  } catch (error) {
    throw new SavedModelError(`"scaler" cannot be read: ${(error as Error).message}`);
  }
}

function textOf(value: unknown, where: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new SavedModelError(`${where} is not a text`);
}

function trueOrFalse(value: unknown, where: string): boolean {
  if (typeof value === "boolean") return value;
  throw new SavedModelError(`${where} is neither true nor false`);
}
