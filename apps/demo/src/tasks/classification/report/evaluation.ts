import type { ClassScores, ConfusionMatrix } from "@rnn/train/metrics";
import type { TrainingNote } from "../../../saved/note.ts";
import { count, shorten, visible } from "../../../terminal/format.ts";
import { table } from "../../../terminal/table.ts";
import type { Layout } from "../../task.ts";
import type { Calibration } from "../calibration.ts";
import { interval } from "../score.ts";
import { calibrationJson, calibrationLines } from "./calibration-lines.ts";

/** Most classes whose confusion matrix is drawn; of more, the most frequent confusions are listed. */
const MOST_COLUMNS = 12;
const MOST_CONFUSIONS = 12;
/** Longest name of a class above a column. */
const LONGEST_NAME = 16;

/** How a classifier did on labelled texts. */
export interface LabelledEvaluation {
  readonly source: string;
  /** Rows without a text or a label. */
  readonly skipped: number;
  readonly labels: readonly string[];
  readonly matrix: ConfusionMatrix;
  readonly calibration: Calibration;
  readonly note: TrainingNote;
}

/** What `evaluate --json` prints. */
export function evaluationJson(evaluation: LabelledEvaluation): object {
  const { source, skipped, labels, matrix, calibration } = evaluation;
  const { scores, counts } = matrix;
  const { support: texts } = matrix.average("micro");
  return {
    task: "classification",
    data: source,
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
  const [low, high] = interval({ right, count: texts });
  const frequent = Math.max(...matrix.scores.map(({ support }) => support)) / texts;
  const lines = [
    `${count(texts)} texts from ${visible(source)}, by a model trained on ${visible(note.data)}`,
    ...(skipped > 0 ? [`  ${count(skipped)} rows without a text or a label were left out`] : []),
    "",
    `  accuracy  ${paint("bold", matrix.value.toFixed(3))}  ${count(right)} of ${count(texts)}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}; the most frequent class alone: ${frequent.toFixed(3)}`,
    "",
    ...scoreLines(labels, matrix).map((line, n) => `  ${n === 0 ? paint("dim", line) : line}`),
    "",
  ];
  const confusions =
    labels.length > MOST_COLUMNS
      ? confusionList(labels, matrix, paint)
      : confusionTable(labels, matrix, width, paint);
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

function confusionTable(
  labels: readonly string[],
  { counts }: ConfusionMatrix,
  _width: number,
  paint: Layout["paint"],
): string[] {
  const rows = counts.map((row, k) => [labels[k]!, ...row.map(count)]);
  return [
    paint("bold", "confusion matrix") +
      paint("dim", " (rows: the class it is, columns: the class it was taken for)"),
    ...table([{ title: "" }, ...labels.map(toTheRight)], rows, paint).map((line) => `  ${line}`),
  ];
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
