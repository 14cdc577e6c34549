import type { OptionGroups, OptionValues } from "../../options/spec.ts";
import { type TrainingOptions, trainingOptions } from "../training-options.ts";
import { RECIPE_NAMES } from "./recipes.ts";

/** Where a model is saved by default. */
export const DEFAULT_OUTPUT = "models/language-model";

const DATA = {
  data: {
    kind: "text",
    shown: "PATH",
    help: "a text file, or a folder with files for train, valid and test (each also with .gz); default: Romeo and Juliet",
  },
  units: {
    kind: "choice",
    choices: ["characters", "words"],
    default: "characters",
    help: "words stand between white space",
  },
  "min-count": {
    kind: "whole",
    min: 1,
    max: 1_000_000,
    default: 1,
    help: "times a word must occur to enter the vocabulary",
  },
} as const;

const MODEL = {
  recipe: {
    kind: "choice",
    choices: RECIPE_NAMES as typeof RECIPE_NAMES, // as isolated declarations want it
    default: "small",
    help: "settings that belong together; options that are given go before them",
  },
  cell: { kind: "choice", choices: ["lstm", "gru"], default: "lstm", help: "recurrent cell" },
  embedding: { kind: "whole", min: 1, max: 4096, default: 32, help: "numbers per character or word" },
  hidden: { kind: "whole", min: 1, max: 4096, default: 128, help: "hidden units per layer" },
  layers: { kind: "whole", min: 1, max: 8, default: 1, help: "recurrent layers" },
  dropout: { kind: "number", min: 0, max: 0.95, default: 0, help: "share of units dropped while training" },
  tied: { kind: "flag", help: "the output layer uses the embedding as its weights" },
  init: {
    kind: "number",
    min: 0,
    max: 1,
    default: 0,
    help: "draw all weights between -N and N; 0: each layer's own way",
  },
} as const;

const SHARED: TrainingOptions = trainingOptions({
  epochs: { default: 12 },
  "learning-rate": { max: 1000, default: 0.005, help: "step size of the updates" },
  "batch-size": { help: "parts of the text read side by side; for a short text by itself fewer" },
  seed: { help: "of weights and dropout" },
});

const TRAINING = {
  optimizer: { kind: "choice", choices: ["adam", "sgd"], default: "adam", help: "update rule" },
  decay: {
    kind: "number",
    min: 0.01,
    max: 1,
    default: 0.8,
    help: "factor of the learning rate after every epoch",
  },
  "decay-after": { kind: "whole", min: 0, max: 10_000, default: 4, help: "epochs at the full learning rate" },
  "sequence-length": {
    kind: "whole",
    min: 1,
    max: 10_000,
    default: 64,
    help: "steps that gradients flow back",
  },
  checkpoints: {
    kind: "text",
    shown: "DIR",
    help: "keep the state of the training here; the same command resumes from it, also with more --epochs",
  },
} as const;

/** All options of the task. */
export const TRAIN_OPTIONS: typeof DATA & typeof MODEL & TrainingOptions & typeof TRAINING = {
  ...DATA,
  ...MODEL,
  ...SHARED,
  ...TRAINING,
};

/** The options in the groups of the help. */
export const TRAIN_GROUPS: OptionGroups = [
  ["data", DATA],
  ["model", MODEL],
  ["training", { ...SHARED, ...TRAINING }],
];

/** The values of all options. */
export type TrainOptions = OptionValues<typeof TRAIN_OPTIONS>;
