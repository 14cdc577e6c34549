import type { TrainOptions } from "./train-options.ts";

/** The names of the recipes. */
export const RECIPE_NAMES = ["small", "reviews"] as const;

/**
 * Settings of recurrent networks that belong together, as far as they differ from the defaults.
 *
 * `small` is for a few thousand sentences, such as those that are shipped, `reviews` for tens of thousands of longer texts:
 * one pass over them with large steps, so that no text is seen twice and nothing is learned by heart, and vectors for pairs of
 * words.
 */
export const RECIPES: Readonly<Record<(typeof RECIPE_NAMES)[number], Partial<TrainOptions>>> = {
  small: {},
  reviews: {
    embedding: 32,
    hidden: 32,
    pooling: "both",
    "word-pairs": 200_000,
    "max-length": 1000,
    dropout: 0.2,
    epochs: 1,
    "learning-rate": 0.015,
    decay: true,
    "batch-size": 16,
    average: 0,
  },
};
