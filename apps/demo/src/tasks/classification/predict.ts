import { noGrad } from "@rnn/nn";
import { bucketByLength } from "@rnn/train";
import type { TextModel } from "./models/text-model.ts";
import { classOf, probabilitiesOf } from "./objective.ts";
import { encodeText, type TextTask, textBlock } from "./text-task.ts";

/** A classified text. */
export interface Prediction {
  readonly label: string;
  /** Position of the label in the task's list. */
  readonly target: number;
  /** Probability of the label. */
  readonly probability: number;
  /** Probability of every label, in the task's order. */
  readonly probabilities: readonly number[];
}

/** Classifies texts with a model in evaluation mode. */
export function predict(model: TextModel, task: TextTask, texts: readonly string[]): Prediction[] {
  const rows = texts.map((text) => encodeText(text, task).ids);
  return logitsOf(model, rows).map((logits) => predictionOf(logits, task));
}

/** The prediction that a text's logits amount to. */
export function predictionOf(logits: readonly number[], { labels, threshold }: TextTask): Prediction {
  const target = classOf(logits, threshold);
  const probabilities = probabilitiesOf(logits, labels.length);
  return { label: labels[target]!, target, probability: probabilities[target]!, probabilities };
}

/** The logits of each row of ids, computed in blocks of similar length. */
export function logitsOf(model: TextModel, rows: readonly (readonly number[])[]): number[][] {
  const result: number[][] = new Array(rows.length);
  const lengths = rows.map((row) => row.length);
  for (const positions of bucketByLength(lengths, { batchSize: 64, shuffle: false })) {
    const block = textBlock(Array.from(positions, (position) => rows[position]!));
    const logits = noGrad(() => model.forward(block)).value.toArray() as number[][];
    positions.forEach((position, n) => {
      result[position] = logits[n]!;
    });
  }
  return result;
}
