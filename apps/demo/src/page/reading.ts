import { noGrad } from "@rnn/nn";
import { classOf, probabilitiesOf } from "../tasks/classification/objective.ts";
import type { RecurrentModel } from "../tasks/classification/saved/model-file.ts";
import { encodeText, textBlock } from "../tasks/classification/text-task.ts";

/** What a network does with one text, word by word. */
export interface Reading {
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
  /** Whether the vocabulary has the token. */
  readonly known: readonly boolean[];
  /** Hidden state after each word: `states[unit][word]`, both directions one after the other. */
  readonly states: readonly (readonly number[])[];
  /** The most probable label and its probability. */
  readonly label: string;
  readonly probability: number;
  /** Probability of the last label had the text ended after each word. */
  readonly probabilitySoFar: readonly number[];
}

/** Reads a text and every beginning of it; `null` if it has no tokens. */
export function readText({ model, task }: RecurrentModel, text: string): Reading | null {
  const { tokens, ids } = encodeText(text, task);
  if (tokens.length === 0) return null;
  const beginnings = textBlock(ids.map((_, word) => ids.slice(0, word + 1)));
  const { logits, states } = noGrad(() => model.trace(beginnings));
  const rows = logits.value.toArray() as number[][];
  const probabilities = rows.map((row) => probabilitiesOf(row, task.labels.length));
  const whole = rows.length - 1;
  const target = classOf(rows[whole]!, task.threshold);
  return {
    tokens,
    ids,
    known: tokens.map((token) => task.vocabulary.contains(token)),
    states: states.value.select(0, whole).transpose(0, 1).toArray() as number[][],
    label: task.labels[target]!,
    probability: probabilities[whole]![target]!,
    probabilitySoFar: probabilities.map((row) => row[row.length - 1]!),
  };
}
