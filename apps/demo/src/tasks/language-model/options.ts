import type { OptionGroups, OptionValues } from "../../options/spec.ts";
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

const TRAINING = {
  epochs: { kind: "whole", min: 1, max: 10_000, default: 12, help: "most passes over the training part" },
  patience: {
    kind: "whole",
    min: 1,
    max: 10_000,
    default: 5,
    help: "epochs without improvement before stopping",
  },
  optimizer: { kind: "choice", choices: ["adam", "sgd"], default: "adam", help: "update rule" },
  "learning-rate": { kind: "number", min: 1e-8, max: 1000, default: 0.005, help: "its step size" },
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
  "batch-size": {
    kind: "whole",
    min: 1,
    max: 10_000,
    default: 32,
    help: "parts of the text read side by side; for a short text by itself fewer",
  },
  clip: { kind: "number", min: 1e-6, max: 1e6, default: 1, help: "largest gradient norm" },
  checkpoints: {
    kind: "text",
    shown: "DIR",
    help: "keep the state of the training here; the same command goes on from it, also with more --epochs",
  },
  seed: { kind: "whole", min: 0, max: 4_294_967_295, default: 0, help: "of weights and dropout" },
} as const;

/** All options of the task. */
export const OPTIONS: typeof DATA & typeof MODEL & typeof TRAINING = { ...DATA, ...MODEL, ...TRAINING };

/** The options in the groups of the help. */
export const GROUPS: OptionGroups = [
  ["data", DATA],
  ["model", MODEL],
  ["training", TRAINING],
];

/** The values of all options. */
export type Options = OptionValues<typeof OPTIONS>;
