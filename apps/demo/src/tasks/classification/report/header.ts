import { basename } from "node:path";
import { count, counted, shorten, visible } from "../../../terminal/format.ts";
import { namesOf } from "../../../terminal/lists.ts";
import { modelNote } from "../models/model-note.ts";
import type { TextModel } from "../models/text-model.ts";
import type { PreparedData } from "../prepare.ts";
import { repeatedInTest } from "../split.ts";
import { SPECIALS, type TextTask } from "../text-task.ts";
import type { TrainOptions } from "../train-options.ts";

/** Longest name of a class that is shown whole. */
const LONGEST_LABEL = 30;

/** What is about to be trained on what. */
export function headerLines(
  data: PreparedData,
  model: TextModel,
  task: TextTask,
  options: TrainOptions,
): string[] {
  const { train, validation, test } = data.parts;
  const total = train.length + validation.length + test.length;
  const testNote = options.test === undefined ? "" : ` from ${visible(basename(options.test))}`;
  const lines = [
    `${count(total)} ${visible(data.title)}`,
    `  ${count(train.length)} to learn from, ${count(validation.length)} to choose the best epoch, ${count(test.length)} to test on${testNote} (seed ${options.seed})`,
    `  ${labelNote(data.labels)}; vocabulary of ${counted(task.vocabulary.length - SPECIALS.length, "word")} from the learning part`,
    `  ${modelNote(model)}`,
  ];
  const repeated = repeatedInTest(data.parts);
  if (repeated > 0) {
    lines.push(
      `  ${count(repeated)} of the ${counted(test.length, "text")} to test on are also among the others:`,
      "    the accuracy on them says nothing about new texts",
    );
  }
  const tested = new Set(test.map(({ label }) => label));
  const untested = data.labels.filter((label) => !tested.has(label));
  if (untested.length > 0) lines.push(`  no text of ${namesOf(untested, 3, LONGEST_LABEL)} to test on`);
  if (data.skipped > 0) lines.push(skippedNote(data.skipped));
  return lines;
}

/** Says how many rows could not be used. */
export function skippedNote(rows: number): string {
  return `  ${counted(rows, "row")} without a text or a label ${rows === 1 ? "was" : "were"} left out`;
}

function labelNote(labels: readonly string[]): string {
  const shown = labels.slice(0, 6).map((label) => visible(shorten(label, LONGEST_LABEL)));
  if (labels.length > 6) shown.push("…");
  return `${labels.length} classes: ${shown.join(", ")}`;
}
