import type { ClassScores, ConfusionMatrix } from "@rnn/train/metrics";
import { jsonName } from "../../../report/json-names.ts";
import type { TrainingNote } from "../../../saved/note.ts";
import { count, counted, shorten, visible } from "../../../terminal/format.ts";
import { table } from "../../../terminal/table.ts";
import { fold } from "../../../terminal/wrap.ts";
import type { Layout } from "../../task.ts";
import type { Calibration } from "../calibration.ts";
import { calibrationJson, calibrationLines } from "./calibration-lines.ts";
import { skippedNote } from "./header.ts";
import { intervalText } from "./scores.ts";

/** Most classes whose confusion matrix is drawn; of more, or too wide ones, the most frequent confusions are listed. */
const MOST_COLUMNS = 12;
const MOST_CONFUSIONS = 12;
/** Longest name of a class, and what it may be shortened to above a column. */
const LONGEST_NAME = 16;
const COLUMN_NAMES = [LONGEST_NAME, 10, 6, 4];

/** How a classifier did on labelled texts. */
export interface LabelledEvaluation {
  readonly source: string;
  /** What the classifier is called in tables. */
  readonly name: string;
  /** Rows without a text or a label. */
  readonly skipped: number;
  readonly labels: readonly string[];
  readonly matrix: ConfusionMatrix;
  readonly calibration: Calibration;
  readonly note: TrainingNote;
}

/** What `evaluate --json` prints. */
export function evaluationJson(evaluation: LabelledEvaluation): object {
  const { source, name, skipped, labels, matrix, calibration } = evaluation;
  const { scores, counts } = matrix;
  const { support: texts } = matrix.average("micro");
  return {
    task: "classification",
    data: source,
    name: jsonName(name),
    texts,
    skipped,
    accuracy: matrix.value,
    macro: matrix.average("macro"),
    weighted: matrix.average("weighted"),
    classes: labels.map((label, k) => ({ label, ...scores[k] })),
    calibration: calibrationJson(calibration),
    confusion: { labels, rows: "actual", columns: "predicted", counts },
  };
}

/** The same for people. */
export function evaluationLines(evaluation: LabelledEvaluation, { width, paint }: Layout): string[] {
  const { source, skipped, matrix, calibration, note } = evaluation;
  const labels = evaluation.labels.map((label) => shorten(visible(label), LONGEST_NAME));
  const { support: texts } = matrix.average("micro");
  const right = Math.round(matrix.value * texts);
  const frequent = Math.max(...matrix.scores.map(({ support }) => support)) / texts;
  const told = `${count(right)} of ${count(texts)}, 95 % interval ${intervalText({ right, count: texts })}`;
  const lines = [
    ...fold(
      `${counted(texts, "text")} from ${visible(source)}, by a model trained on ${visible(note.data)}`,
      width,
    ),
    ...(skipped > 0 ? [skippedNote(skipped)] : []),
    "",
    `  accuracy     ${paint("bold", matrix.value.toFixed(3))}  ${told}`,
    `  no learning  ${frequent.toFixed(3)}  always the most frequent class`,
    "",
    ...scoreLines(labels, matrix).map((line, n) => `  ${n === 0 ? paint("dim", line) : line}`),
    "",
  ];
  const confusions = confusionTable(labels, matrix, width, paint) ?? confusionList(labels, matrix, paint);
  return [...lines, ...confusions, "", ...calibrationLines(calibration, paint)];
}

function scoreLines(labels: readonly string[], matrix: ConfusionMatrix): string[] {
  const row = (name: string, { precision, recall, f1, support }: ClassScores) => [
    name,
    ...[precision, recall, f1].map((score) => score.toFixed(3)),
    count(support),
  ];
  const rows = labels.map((label, k) => row(label, matrix.scores[k]!));
  rows.push(
    row("mean of classes", matrix.average("macro")),
    row("mean of texts", matrix.average("weighted")),
  );
  return table([{ title: "class" }, ...["precision", "recall", "F1", "texts"].map(toTheRight)], rows);
}

/** Counts of every class taken for every other; undefined if they have no room, whatever short names the columns get. */
function confusionTable(
  labels: readonly string[],
  { counts }: ConfusionMatrix,
  width: number,
  paint: Layout["paint"],
): string[] | undefined {
  if (labels.length > MOST_COLUMNS) return undefined;
  const rows = counts.map((row, k) => [labels[k]!, ...row.map(count)]);
  for (const longest of COLUMN_NAMES) {
    const columns = [{ title: "" }, ...labels.map((label) => toTheRight(shorten(label, longest)))];
    if (table(columns, rows).some((line) => line.length + 2 > width)) continue;
    return [
      paint("bold", "confusion matrix") +
        paint("dim", " (rows: the class it is, columns: the class it was taken for)"),
      ...table(columns, rows, paint).map((line) => `  ${line}`),
    ];
  }
  return undefined;
}

function confusionList(
  labels: readonly string[],
  { counts }: ConfusionMatrix,
  paint: Layout["paint"],
): string[] {
  const confusions = counts
    .flatMap((row, actual) => row.map((times, taken) => ({ actual, taken, times })))
    .filter(({ actual, taken, times }) => actual !== taken && times > 0)
    .sort((a, b) => b.times - a.times)
    .slice(0, MOST_CONFUSIONS);
  const rows = confusions.map(({ actual, taken, times }) => [labels[actual]!, labels[taken]!, count(times)]);
  return [
    paint("bold", "most frequent confusions"),
    ...table([{ title: "is" }, { title: "taken for" }, toTheRight("texts")], rows, paint).map(
      (line) => `  ${line}`,
    ),
  ];
}

function toTheRight(title: string) {
  return { title, align: "right" } as const;
}
