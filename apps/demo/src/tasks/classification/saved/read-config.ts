import { members, numberIn, oneOf, SavedModelError, wholeIn } from "../../../saved/json-checks.ts";
import type { ModelConfig, ModelKind } from "../models/config.ts";

/** Bounds of sizes in a file; generous, but no file can make a reader allocate without end. */
const MAX_UNITS = 16_384;
const MAX_LAYERS = 64;
const MAX_LENGTH = 1_000_000;
const MAX_STATES = 1024;

/** What a description does not say again of its model: it follows from the vocabulary and the labels. */
type Counts = Pick<ModelConfig, "words" | "classes">;

/** How the sizes of each kind of model are read. */
const READERS: Readonly<Record<ModelKind, (value: object, counts: Counts) => ModelConfig>> = {
  recurrent: readRecurrent,
  "bag-of-words": (value, counts) => {
    membersOf(value, []);
    return { kind: "bag-of-words", ...counts };
  },
  mlp: (value, counts) => {
    const model = membersOf(value, ["embedding", "length", "hidden", "dropout"]);
    return {
      kind: "mlp",
      ...counts,
      embedding: units(model, "embedding"),
      length: wholeIn(model.length, '"model.length"', 1, MAX_LENGTH),
      hidden: units(model, "hidden"),
      dropout: numberIn(model.dropout, '"model.dropout"', 0, 1),
    };
  },
  cnn: (value, counts) => {
    const model = membersOf(value, ["embedding", "kernels", "dropout"]);
    return {
      kind: "cnn",
      ...counts,
      embedding: units(model, "embedding"),
      kernels: units(model, "kernels"),
      dropout: numberIn(model.dropout, '"model.dropout"', 0, 1),
    };
  },
  hmm: (value, counts) => {
    const model = membersOf(value, ["states"]);
    return { kind: "hmm", ...counts, states: wholeIn(model.states, '"model.states"', 1, MAX_STATES) };
  },
};

/**
 * The sizes of a model in a description; without a "kind", as the first descriptions were, of a recurrent one.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function readConfig(value: unknown, words: number, classes: number): ModelConfig {
  if (typeof value !== "object" || value === null) throw new SavedModelError('"model" is not an object');
  const kinds = Object.keys(READERS) as ModelKind[];
  const kind = Object.hasOwn(value, "kind") ? (value as { kind: unknown }).kind : "recurrent";
  return READERS[oneOf(kind as ModelKind, '"model.kind"', kinds)](value, { words, classes });
}

function readRecurrent(value: object, counts: Counts): ModelConfig {
  const names = ["cell", "embedding", "hidden", "layers", "directions", "pooling", "dropout"] as const;
  const model = members(value, '"model"', names, ["kind", "pairs"]);
  return {
    kind: "recurrent",
    cell: oneOf(model.cell, '"model.cell"', ["rnn", "lstm", "gru"]),
    words: counts.words,
    embedding: units(model, "embedding"),
    hidden: units(model, "hidden"),
    layers: wholeIn(model.layers, '"model.layers"', 1, MAX_LAYERS),
    directions: oneOf(model.directions, '"model.directions"', [1, 2]),
    pooling: oneOf(model.pooling, '"model.pooling"', ["max", "mean", "both", "last"]),
    dropout: numberIn(model.dropout, '"model.dropout"', 0, 1),
    classes: counts.classes,
    ...(model.pairs === undefined ? {} : { pairs: readPairs(model.pairs, counts.words) }),
  };
}

function readPairs(value: unknown, words: number): number[] {
  const ids = Array.isArray(value) ? (value as unknown[]) : [];
  if (ids.length === 0 || ids.length % 2 !== 0) {
    throw new SavedModelError('"model.pairs" is not a list of pairs of words');
  }
  return ids.map((id) => wholeIn(id, '"model.pairs"', 0, words - 1));
}

function membersOf<K extends string>(value: object, names: readonly K[]): Record<K | "kind", unknown> {
  return members(value, '"model"', names, ["kind"]);
}

function units<K extends string>(model: Record<K, unknown>, name: K): number {
  return wholeIn(model[name], `"model.${name}"`, 1, MAX_UNITS);
}
