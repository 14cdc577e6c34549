import type { OptionGroups, OptionValues } from "../../options/spec.ts";

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

const TRAINING = {
  epochs: {
    kind: "whole",
    min: 0,
    max: 10_000,
    default: 0,
    help: "most passes over the windows; 0: some 5,000 updates, at most 300 passes",
  },
  patience: {
    kind: "whole",
    min: 0,
    max: 10_000,
    default: 0,
    help: "epochs without improvement before stopping; 0: a fifth of them",
  },
  loss: {
    kind: "choice",
    choices: ["mse", "mae"],
    default: "mse",
    help: "squared or absolute error; quantiles have their own",
  },
  "learning-rate": { kind: "number", min: 1e-8, max: 10, default: 0.01, help: "Adam's first step size" },
  "batch-size": { kind: "whole", min: 1, max: 10_000, default: 32, help: "windows per step" },
  clip: { kind: "number", min: 1e-6, max: 1e6, default: 1, help: "largest gradient norm" },
  average: {
    kind: "number",
    min: 0,
    max: 0.9999,
    default: 0.98,
    help: "decay of the averaged weights that are kept; 0 keeps the last step's",
  },
  stride: { kind: "whole", min: 1, max: 100_000, default: 1, help: "steps from one window to the next" },
  "no-refit": {
    kind: "flag",
    help: "keep the weights of the best epoch; otherwise train again, on the validation part too",
  },
  seed: { kind: "whole", min: 0, max: 4_294_967_295, default: 0, help: "of the weights and the order" },
} as const;

/** The options of training, in the groups the help shows. */
export const TRAIN_GROUPS: OptionGroups = [
  ["data", DATA],
  ["model", MODEL],
  ["training", TRAINING],
];

/** The options of training. */
export const TRAIN_OPTIONS: typeof DATA & typeof MODEL & typeof TRAINING = { ...DATA, ...MODEL, ...TRAINING };

/** Parsed options of training. */
export type TrainOptions = OptionValues<typeof TRAIN_OPTIONS>;
