import { count, visible } from "../../../terminal/format.ts";
import type { TextClassifier } from "../model.ts";
import type { PreparedData } from "../prepare.ts";
import { repeatedInTest } from "../split.ts";
import { SPECIALS, type TextTask } from "../text-task.ts";
import type { TrainOptions } from "../train-options.ts";

/** What is about to be trained on what. */
export function headerLines(
  data: PreparedData,
  model: TextClassifier,
  task: TextTask,
  options: TrainOptions,
): string[] {
  const { train, validation, test } = data.parts;
  const total = train.length + validation.length + test.length;
  const testNote = options.test === undefined ? "" : ` from ${visible(options.test)}`;
  const lines = [
    `${count(total)} ${visible(data.title)}`,
    `  ${count(train.length)} to learn from, ${count(validation.length)} to choose the best epoch, ${count(test.length)} to test on${testNote} (seed ${options.seed})`,
    `  ${labelNote(data.labels)}; vocabulary of ${count(task.vocabulary.length - SPECIALS.length)} words from the learning part`,
    `  ${modelNote(model)}`,
  ];
  const repeated = repeatedInTest(data.parts);
  if (repeated > 0) {
    lines.push(
      `  ${count(repeated)} of the ${count(test.length)} texts to test on are also among the others: the accuracy on them says nothing about new texts`,
    );
  }
  if (data.skipped > 0) lines.push(`  ${count(data.skipped)} rows without a text or a label were left out`);
  return lines;
}

function labelNote(labels: readonly string[]): string {
  const shown = labels.slice(0, 6).map(visible);
  if (labels.length > 6) shown.push("…");
  return `${labels.length} classes: ${shown.join(", ")}`;
}

function modelNote(model: TextClassifier): string {
  const { cell, embedding, hidden, layers, directions, pooling, dropout } = model.config;
  const parameters = model.parameters().reduce((sum, parameter) => sum + parameter.value.size, 0);
  const recurrent = `${layers > 1 ? `${layers} x ` : ""}${cell} ${hidden}${directions === 2 ? " in both directions" : ""}`;
  const pooled = pooling === "max" ? "max over time" : "last state";
  return `embedding ${embedding}, ${recurrent}, ${pooled}, dropout ${dropout}, linear: ${count(parameters)} parameters`;
}
