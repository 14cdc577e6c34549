import type { OptionGroups, OptionValues } from "../../options/spec.ts";
import { type AveragedTrainingOptions, averagedTrainingOptions } from "../training-options.ts";
import { RECIPE_NAMES } from "./recipes.ts";

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
  group: {
    kind: "text",
    shown: "COLUMN",
    help: "column (or JSON field) of what belongs together and is never divided among the parts",
  },
  test: { kind: "text", shown: "FILE", help: "test on this file instead of a tenth of --data" },
} as const;

const MODEL = {
  model: {
    kind: "choice",
    choices: ["recurrent", "bag-of-words", "mlp", "cnn", "hmm"],
    default: "recurrent",
    help: "kind of model; mlp: all words side by side, cnn: word groups, hmm: hidden Markov models",
  },
  recipe: {
    kind: "choice",
    choices: RECIPE_NAMES as typeof RECIPE_NAMES, // as isolated declarations want it
    default: "small",
    help: "settings that belong together, reviews: for thousands of long texts; options that are given go before them",
  },
  cell: { kind: "choice", choices: ["rnn", "lstm", "gru"], default: "gru", help: "recurrent cell" },
  embedding: { kind: "whole", min: 1, max: 1024, default: 64, help: "numbers per word" },
  hidden: { kind: "whole", min: 1, max: 1024, default: 64, help: "hidden units per layer and direction" },
  layers: { kind: "whole", min: 1, max: 8, default: 1, help: "recurrent layers" },
  directions: { kind: "whole", min: 1, max: 2, default: 2, help: "1 reads forwards, 2 also backwards" },
  pooling: {
    kind: "choice",
    choices: ["max", "mean", "both", "last"],
    default: "max",
    help: "max or mean over all steps, both side by side, or the last state",
  },
  kernels: {
    kind: "whole",
    min: 1,
    max: 1024,
    default: 100,
    help: "kernels of the cnn for 3, 4 and 5 words",
  },
  states: { kind: "whole", min: 1, max: 256, default: 4, help: "hidden states of each class of the hmm" },
  dropout: { kind: "number", min: 0, max: 0.95, default: 0.5, help: "share of units dropped while training" },
  "max-words": { kind: "whole", min: 1, max: 1_000_000, default: 20_000, help: "largest vocabulary" },
  "min-count": { kind: "whole", min: 1, max: 1000, default: 1, help: "times a word must occur to enter it" },
  "max-length": { kind: "whole", min: 1, max: 10_000, default: 200, help: "words read of each text" },
  "word-pairs": {
    kind: "whole",
    min: 0,
    max: 1_000_000,
    default: 0,
    help: "most pairs of neighbouring words that get vectors of their own, added to those of the words",
  },
  threshold: {
    kind: "text",
    shown: "P",
    default: "0.5",
    help: "of two classes the second is chosen above this probability; f1: the best F1 on validation",
  },
} as const;

const SHARED: AveragedTrainingOptions = averagedTrainingOptions({
  "learning-rate": { default: 0.002 },
  "batch-size": { help: "texts per step" },
  average: { default: 0.995 },
  seed: { help: "of the split, the weights and the order" },
});

const TRAINING = {
  decay: { kind: "flag", help: "let the learning rate fall to 0 in a straight line over all --epochs" },
  "word-dropout": {
    kind: "number",
    min: 0,
    max: 0.95,
    default: 0,
    help: "share of words read as unknown while training",
  },
  "class-weights": {
    kind: "choice",
    choices: ["none", "balanced"],
    default: "none",
    help: "balanced: rare classes count as much as frequent ones",
  },
  smoothing: { kind: "number", min: 1e-6, max: 1e6, default: 0.1, help: "added to every count of the hmm" },
  compare: { kind: "flag", help: "train the other kinds of models too, and show all in one table" },
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
