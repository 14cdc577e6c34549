import type { OptionGroups, OptionValues } from "../../options/spec.ts";
import { type AveragedTrainingOptions, averagedTrainingOptions } from "../training-options.ts";

/** Where a forecaster is saved, and looked for, by default. */
export const DEFAULT_OUTPUT = "models/forecast";

const DATA = {
  data: { kind: "text", shown: "FILE", help: "your own series: .csv or .tsv, also with .gz" },
  date: {
    kind: "text",
    shown: "COLUMN",
    default: "date",
    help: "column with the date, or its parts between commas: year,month,day,hour",
  },
  target: { kind: "text", shown: "COLUMN", default: "value", help: "column to forecast" },
  inputs: { kind: "text", shown: "COLUMNS", help: "other columns to look at, between commas" },
  "test-steps": {
    kind: "whole",
    min: 0,
    max: 1_000_000,
    default: 0,
    help: "last steps, kept for the test; 0: ten seasons, at most a fifth",
  },
  "validation-steps": {
    kind: "whole",
    min: 0,
    max: 1_000_000,
    default: 0,
    help: "steps before them, for early stopping; 0: as many",
  },
} as const;

const MODEL = {
  cell: { kind: "choice", choices: ["rnn", "lstm", "gru"], default: "gru", help: "recurrent cell" },
  hidden: { kind: "whole", min: 1, max: 1024, default: 16, help: "hidden units per layer" },
  layers: { kind: "whole", min: 1, max: 8, default: 1, help: "recurrent layers" },
  history: { kind: "whole", min: 2, max: 10_000, default: 36, help: "steps that the forecaster sees" },
  horizon: { kind: "whole", min: 1, max: 1000, default: 12, help: "steps ahead to forecast" },
  strategy: {
    kind: "choice",
    choices: ["direct", "recursive"],
    default: "direct",
    help: "all steps at once, or one step that is fed back",
  },
  linear: {
    kind: "choice",
    choices: ["yes", "no"],
    default: "no",
    help: "a linear layer from the history beside the network",
  },
  from: {
    kind: "choice",
    choices: ["last", "zero"],
    default: "last",
    help: "last: learn differences from the last value, for series that leave their range",
  },
  season: {
    kind: "whole",
    min: 0,
    max: 100_000,
    default: 0,
    help: "steps of a season, for the competitors; 0: a year of months, a day of hours",
  },
  calendar: {
    kind: "text",
    shown: "NAMES",
    default: "auto",
    help: "hour, weekday, month, dayOfYear between commas; none; auto: by the steps",
  },
  quantiles: {
    kind: "text",
    shown: "NUMBERS",
    help: "forecast these, 0.5 among them, for example 0.1,0.5,0.9",
  },
} as const;

const SHARED: AveragedTrainingOptions = averagedTrainingOptions({
  epochs: {
    min: 0,
    default: 0,
    help: "most passes over the windows; 0: some 5,000 updates, at most 300 passes",
  },
  patience: {
    min: 0,
    default: 0,
    help: "epochs without improvement before stopping; 0: a fifth of them",
  },
  "learning-rate": { default: 0.01, help: "Adam's first step size" },
  "batch-size": { help: "windows per step" },
  average: { default: 0.98 },
});

const TRAINING = {
  loss: {
    kind: "choice",
    choices: ["mse", "mae"],
    default: "mse",
    help: "squared or absolute error; quantiles have their own",
  },
  stride: { kind: "whole", min: 1, max: 100_000, default: 1, help: "steps from one window to the next" },
  "no-refit": {
    kind: "flag",
    help: "keep the weights of the best epoch; otherwise train again, on the validation part too",
  },
} as const;

/** The options of training, in the groups the help shows. */
export const TRAIN_GROUPS: OptionGroups = [
  ["data", DATA],
  ["model", MODEL],
  ["training", { ...SHARED, ...TRAINING }],
];

/** The options of training. */
export const TRAIN_OPTIONS: typeof DATA & typeof MODEL & AveragedTrainingOptions & typeof TRAINING = {
  ...DATA,
  ...MODEL,
  ...SHARED,
  ...TRAINING,
};

/** Parsed options of training. */
export type TrainOptions = OptionValues<typeof TRAIN_OPTIONS>;
