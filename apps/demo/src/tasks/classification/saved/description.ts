import { Vocab } from "@rnn/text";
import { MAX_CLASSES } from "../../../data/labels.ts";
import {
  distinctTexts,
  members,
  numberIn,
  oneOf,
  SavedModelError,
  wholeIn,
} from "../../../saved/json-checks.ts";
import { type ModelConfig, UNKNOWN } from "../model.ts";
import { SPECIALS, type TextTask } from "../text-task.ts";

const FORMAT = "rnn.text-classifier";
const VERSION = 1;
/** Bounds of sizes in a file; generous, but no file can make a reader allocate without end. */
const MAX_WORDS = 2_000_000;
const MAX_LENGTH = 1_000_000;
const MAX_UNITS = 16_384;
const MAX_LAYERS = 64;

/** Where a saved model comes from; for people, nothing depends on it. */
export interface TrainingNote {
  readonly data: string;
  readonly seed: number;
  readonly epochs: number;
  readonly validationAccuracy: number;
}

/** All of a saved model but its weights. */
export interface Description {
  readonly config: ModelConfig;
  readonly task: TextTask;
  readonly note: TrainingNote;
}

/** The JSON text of a description. */
export function writeDescription({ config, task, note }: Description): string {
  const { words: _words, classes: _classes, ...sizes } = config;
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    tokenizer: "basic_english",
    model: sizes,
    maxLength: task.maxLength,
    labels: task.labels,
    vocabulary: task.vocabulary.getItos(),
    training: note,
  });
}

/**
 * Reads a description that may come from anyone.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function readDescription(text: string): Description {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SavedModelError("the description is not JSON");
  }
  const names = [
    "format",
    "version",
    "tokenizer",
    "model",
    "maxLength",
    "labels",
    "vocabulary",
    "training",
  ] as const;
  const root = members(json, "the description", names);
  oneOf(root.format, '"format"', [FORMAT]);
  oneOf(root.version, '"version"', [VERSION]);
  oneOf(root.tokenizer, '"tokenizer"', ["basic_english"]);
  const labels = distinctTexts(root.labels, '"labels"', 2, MAX_CLASSES);
  const words = distinctTexts(root.vocabulary, '"vocabulary"', SPECIALS.length, MAX_WORDS);
  SPECIALS.forEach((token, index) => {
    if (words[index] !== token)
      throw new SavedModelError(`"vocabulary" does not begin with ${SPECIALS.join(" ")}`);
  });
  return {
    config: readConfig(root.model, words.length, labels.length),
    task: {
      vocabulary: new Vocab(words, { defaultIndex: UNKNOWN }),
      labels,
      maxLength: wholeIn(root.maxLength, '"maxLength"', 1, MAX_LENGTH),
    },
    note: readNote(root.training),
  };
}

function readConfig(value: unknown, words: number, classes: number): ModelConfig {
  const names = ["cell", "embedding", "hidden", "layers", "directions", "pooling", "dropout"] as const;
  const model = members(value, '"model"', names);
  return {
    cell: oneOf(model.cell, '"model.cell"', ["rnn", "lstm", "gru"]),
    words,
    embedding: wholeIn(model.embedding, '"model.embedding"', 1, MAX_UNITS),
    hidden: wholeIn(model.hidden, '"model.hidden"', 1, MAX_UNITS),
    layers: wholeIn(model.layers, '"model.layers"', 1, MAX_LAYERS),
    directions: oneOf(model.directions, '"model.directions"', [1, 2]),
    pooling: oneOf(model.pooling, '"model.pooling"', ["max", "last"]),
    dropout: numberIn(model.dropout, '"model.dropout"', 0, 1),
    classes,
  };
}

function readNote(value: unknown): TrainingNote {
  const note = members(value, '"training"', ["data", "seed", "epochs", "validationAccuracy"]);
  if (typeof note.data !== "string") throw new SavedModelError('"training.data" is not a string');
  return {
    data: note.data,
    seed: wholeIn(note.seed, '"training.seed"', 0, 2 ** 32 - 1),
    epochs: wholeIn(note.epochs, '"training.epochs"', 0, 1e9),
    validationAccuracy: numberIn(note.validationAccuracy, '"training.validationAccuracy"', 0, 1),
  };
}
