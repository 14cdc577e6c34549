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
import { descriptionMembers } from "../../../saved/model-file.ts";
import { readNote, type TrainingNote, writeNote } from "../../../saved/note.ts";
import { UNKNOWN } from "../model.ts";
import type { ModelConfig } from "../models/config.ts";
import { SPECIALS, type TextTask } from "../text-task.ts";
import { readConfig } from "./read-config.ts";

/** Metadata entry of the description, and its format. */
export const KEY = "rnn.text-classifier";
const VERSION = 2;
const MEMBERS = ["tokenizer", "model", "maxLength", "labels", "vocabulary", "training"] as const;
/** Bounds of sizes in a file; generous, but no file can make a reader allocate without end. */
const MAX_WORDS = 2_000_000;
const MAX_LENGTH = 1_000_000;
const MAX_THRESHOLD = 1e9;

/** All of a saved model but its weights. */
export interface Description {
  readonly config: ModelConfig;
  readonly task: TextTask;
  readonly note: TrainingNote;
}

/** A description as it is written. */
export function writeDescription({ config, task, note }: Description): object {
  const { words: _words, classes: _classes, ...sizes } = config;
  return {
    format: KEY,
    version: VERSION,
    tokenizer: "basic_english",
    model: sizes,
    maxLength: task.maxLength,
    threshold: task.threshold,
    labels: task.labels,
    vocabulary: task.vocabulary.getItos(),
    training: writeNote(note),
  };
}

/**
 * Reads a description that may come from anyone.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function readDescription(text: string): Description {
  const root = descriptionMembers(text, KEY, [1, VERSION], MEMBERS, ["threshold"]);
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
      threshold: numberIn(root.threshold ?? 0, '"threshold"', -MAX_THRESHOLD, MAX_THRESHOLD),
    },
    note: root.version === 1 ? readFirstNote(root.training) : readNote(root.training),
  };
}

/** The note as it was in version 1. */
function readFirstNote(value: unknown): TrainingNote {
  const { validationAccuracy, ...others } = members(value, '"training"', [
    "data",
    "seed",
    "epochs",
    "validationAccuracy",
  ]);
  return readNote({ ...others, metrics: { "validation accuracy": validationAccuracy } });
}
