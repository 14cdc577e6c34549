import type { OptionGroups, OptionValues } from "../../options/spec.ts";

/** Where a model is saved by default, and where the page takes it from. */
export const DEFAULT_OUTPUT = "models/sentiment";

const DATA = {
  data: {
    kind: "text",
    shown: "FILE",
    help: "your own examples: .csv, .tsv, .jsonl (each also with .gz), or a folder of .txt files per class",
  },
  text: { kind: "text", shown: "COLUMN", default: "text", help: "column (or JSON field) with the text" },
  label: { kind: "text", shown: "COLUMN", default: "label", help: "column (or JSON field) with the class" },
  test: { kind: "text", shown: "FILE", help: "test on this file instead of a tenth of --data" },
} as const;

const MODEL = {
  cell: { kind: "choice", choices: ["rnn", "lstm", "gru"], default: "gru", help: "recurrent cell" },
  embedding: { kind: "whole", min: 1, max: 1024, default: 64, help: "numbers per word" },
  hidden: { kind: "whole", min: 1, max: 1024, default: 64, help: "hidden units per layer and direction" },
  layers: { kind: "whole", min: 1, max: 8, default: 1, help: "recurrent layers" },
  directions: { kind: "whole", min: 1, max: 2, default: 2, help: "1 reads forwards, 2 also backwards" },
  pooling: {
    kind: "choice",
    choices: ["max", "last"],
    default: "max",
    help: "max over all steps, or the last state",
  },
  dropout: { kind: "number", min: 0, max: 0.95, default: 0.5, help: "share of units dropped while training" },
  "max-words": { kind: "whole", min: 1, max: 1_000_000, default: 20_000, help: "largest vocabulary" },
  "min-count": { kind: "whole", min: 1, max: 1000, default: 1, help: "times a word must occur to enter it" },
  "max-length": { kind: "whole", min: 1, max: 10_000, default: 200, help: "words read of each text" },
} as const;

const TRAINING = {
  epochs: { kind: "whole", min: 1, max: 10_000, default: 30, help: "most passes over the training part" },
  patience: {
    kind: "whole",
    min: 1,
    max: 10_000,
    default: 5,
    help: "epochs without improvement before stopping",
  },
  "learning-rate": { kind: "number", min: 1e-8, max: 10, default: 0.002, help: "Adam's step size" },
  "batch-size": { kind: "whole", min: 1, max: 10_000, default: 32, help: "texts per step" },
  clip: { kind: "number", min: 1e-6, max: 1e6, default: 1, help: "largest gradient norm" },
  average: {
    kind: "number",
    min: 0,
    max: 0.9999,
    default: 0.995,
    help: "decay of the averaged weights that are kept; 0 keeps the last step's",
  },
  seed: {
    kind: "whole",
    min: 0,
    max: 4_294_967_295,
    default: 0,
    help: "of the split, the weights and the order",
  },
} as const;

/** The options of training, in the groups the help shows. */
export const TRAIN_GROUPS: OptionGroups = [
  ["data", DATA],
  ["model", MODEL],
  ["training", TRAINING],
];

/** The options of training. */
export const TRAIN_OPTIONS: typeof DATA & typeof MODEL & typeof TRAINING = {
  ...DATA,
  ...MODEL,
  ...TRAINING,
};

/** Parsed options of training. */
export type TrainOptions = OptionValues<typeof TRAIN_OPTIONS>;
