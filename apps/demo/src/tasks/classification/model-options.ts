import { InputError } from "../../errors.ts";
import { withDefaults } from "../training-options.ts";
import type { ModelConfig, ModelKind } from "./models/config.ts";
import { frequentPairs } from "./models/frequent-pairs.ts";
import { RECIPES } from "./recipes.ts";
import type { TextTask } from "./text-task.ts";
import type { TrainOptions } from "./train-options.ts";

const NETWORKS: readonly ModelKind[] = ["recurrent", "bag-of-words", "mlp", "cnn"];

/** The kinds of models that an option is for, where it is not for all. */
const KINDS: Partial<Record<keyof TrainOptions, readonly ModelKind[]>> = {
  recipe: ["recurrent"],
  cell: ["recurrent"],
  embedding: ["recurrent", "mlp", "cnn"],
  hidden: ["recurrent", "mlp"],
  layers: ["recurrent"],
  directions: ["recurrent"],
  pooling: ["recurrent"],
  kernels: ["cnn"],
  states: ["hmm"],
  "word-pairs": ["recurrent"],
  dropout: ["recurrent", "mlp", "cnn"],
  "learning-rate": NETWORKS,
  decay: NETWORKS,
  clip: NETWORKS,
  average: NETWORKS,
  "word-dropout": NETWORKS,
  "class-weights": NETWORKS,
  smoothing: ["hmm"],
};

/** Defaults that are other ones for a kind of model. */
const DEFAULTS: Partial<Record<ModelKind, Partial<TrainOptions>>> = {
  // one layer from counts to logits: it can go faster, and has nothing to average out
  "bag-of-words": { "learning-rate": 0.01 },
};

/**
 * The options as a kind of model takes them: what was not given is as its recipe says, or has the default of that kind.
 */
export function optionsFor(kind: ModelKind, options: TrainOptions, given: ReadonlySet<string>): TrainOptions {
  const defaults = kind === "recurrent" ? RECIPES[options.recipe] : (DEFAULTS[kind] ?? {});
  return { ...withDefaults(options, given, defaults), model: kind };
}

/**
 * Refuses options that mean nothing to the model that is asked for; with `--compare` there is one for each of them.
 *
 * @throws {@link InputError} naming the first.
 */
export function checkKind({ model, compare }: TrainOptions, given: ReadonlySet<string>): void {
  if (compare) return;
  for (const [name, kinds] of Object.entries(KINDS)) {
    if (!given.has(name) || kinds.includes(model)) continue;
    throw new InputError(`--${name}: means nothing to --model ${model}; it is for ${kinds.join(", ")}`);
  }
}

/**
 * The sizes of the model that the options ask for.
 *
 * @param texts - Ids of the words of each text to learn from.
 */
export function configOf(options: TrainOptions, task: TextTask, texts: readonly Int32Array[]): ModelConfig {
  const sizes = { words: task.vocabulary.length, classes: task.labels.length };
  const { model: kind, embedding, hidden, dropout } = options;
  if (kind === "bag-of-words") return { kind, ...sizes };
  if (kind === "hmm") return { kind, ...sizes, states: options.states };
  if (kind === "cnn") return { kind, ...sizes, embedding, kernels: options.kernels, dropout };
  if (kind === "mlp") {
    const longest = texts.reduce((most, { length }) => Math.max(most, length), 1);
    return { kind, ...sizes, embedding, length: longest, hidden, dropout };
  }
  const { cell, layers, pooling } = options;
  const directions = options.directions === 1 ? 1 : 2;
  const pairs = frequentPairs(texts, options["word-pairs"]);
  return {
    ...{ kind, cell, embedding, hidden, layers, directions, pooling, dropout, ...sizes },
    ...(pairs.length > 0 ? { pairs } : {}),
  };
}
