import { withDefaults } from "../training-options.ts";
import type { TrainOptions } from "./train-options.ts";

/** The names of the recipes. */
export const RECIPE_NAMES = ["small", "shakespeare", "zaremba-small"] as const;

/**
 * Settings that belong together, as far as they differ from the defaults.
 *
 * `small` is for a text of 100,000 characters, such as the play that is shipped, `shakespeare` for a million: on the last
 * tenth of Tiny Shakespeare it comes to 2.15 bits per character, in six minutes of one core.
 *
 * `zaremba-small` is the small network of Zaremba, Sutskever & Vinyals 2014 for the Penn Treebank. There the loss is the sum over
 * the 20 steps, with a rate of 1 and gradients clipped at 5; here it is their mean, so the rate is 20 times as large and the
 * threshold a 20th, which are the same updates.
 */
export const RECIPES: Readonly<Record<TrainOptions["recipe"], Partial<TrainOptions>>> = {
  small: {},
  shakespeare: {
    embedding: 64,
    hidden: 256,
    epochs: 8,
    "learning-rate": 0.004,
    decay: 0.6,
    "decay-after": 3,
    "sequence-length": 50,
    "batch-size": 50,
  },
  "zaremba-small": {
    units: "words",
    embedding: 200,
    hidden: 200,
    layers: 2,
    init: 0.1,
    epochs: 13,
    patience: 13,
    optimizer: "sgd",
    "learning-rate": 20,
    decay: 0.5,
    "decay-after": 4,
    "sequence-length": 20,
    "batch-size": 20,
    clip: 0.25,
  },
};

/** The options with the recipe's values where none was given. */
export function withRecipe(options: TrainOptions, given: ReadonlySet<string>): TrainOptions {
  return withDefaults(options, given, RECIPES[options.recipe]);
}
