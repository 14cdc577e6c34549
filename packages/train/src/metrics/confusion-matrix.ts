import type { Tensor } from "@rnn/tensor";
import { checkChoice, checkList, type OptionNames } from "../check.ts";
import type { Metric } from "../fit/metrics.ts";
import { AVERAGES, type Average, ClassCounts, type ClassScores } from "./class-counts.ts";
import { PREDICTION, type PredictionOptions, readingOf } from "./predictions.ts";

/**
 * Options of {@link ConfusionMatrix}.
 *
 * @public
 */
export interface ConfusionMatrixOptions extends PredictionOptions {
  /** Names of the classes, one for each, for printing. Default their numbers. */
  labels?: readonly string[] | undefined;
}

const OPTIONS: OptionNames<ConfusionMatrixOptions> = { ...PREDICTION, labels: true };

/**
 * Which classes are taken for which: counts of targets (rows) by predictions (columns), and the scores that follow.
 *
 * @remarks
 * Output and targets as in {@link accuracy}. A metric like the others: its `value` is the accuracy. The scores are those of
 * scikit-learn with `zero_division=0`; averages are over the classes that were seen as target or prediction.
 * A target whose output is NaN is in no column of `counts`, but counts as missed in support, recall and accuracy.
 *
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if there are fewer `labels` than classes.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { ConfusionMatrix } from "@rnn/train/metrics";
 *
 * const matrix = new ConfusionMatrix({ labels: ["cat", "dog"] });
 * matrix.update(tensor([[2, 1], [0, 3], [4, 0], [0, 1]]), tensor([0, 0, 0, 1], { dtype: "int32" }));
 * matrix.counts; // => [[2, 1], [0, 1]]
 * matrix.scores[0]; // => { precision: 1, recall: 0.667, f1: 0.8, support: 3 }
 * matrix.average("macro").f1; // => 0.733
 * matrix.toString().split("\n")[1]; // => "      cat     2     1   0.667"
 * ```
 *
 * @public
 */
export class ConfusionMatrix implements Metric {
  readonly #labels: readonly string[] | null;
  readonly #counts: ClassCounts;

  constructor(options: ConfusionMatrixOptions = {}) {
    this.#counts = new ClassCounts("ConfusionMatrix", readingOf("ConfusionMatrix", options, OPTIONS));
    this.#labels = options.labels ?? null;
    if (this.#labels === null) return;
    checkList("ConfusionMatrix", "labels", this.#labels, "names");
    this.#counts.grow(this.#labels.length);
  }

  /** Takes in the output of one batch and its targets. */
  update(output: Tensor, targets: Tensor): void {
    this.#counts.update(output, targets, (classes) => this.#checkLabels(classes));
  }

  /** Row t, column p: how many targets of class t were taken for class p. */
  get counts(): number[][] {
    return this.#counts.counts;
  }

  /** The accuracy; NaN before the first prediction. */
  get value(): number {
    return this.#counts.average("micro").precision;
  }

  /** The scores of every class. */
  get scores(): ClassScores[] {
    return this.#counts.scores;
  }

  /**
   * One score for all classes; NaN before the first prediction.
   *
   * @throws RangeError if `average` is something else.
   */
  average(average: Average): ClassScores {
    checkChoice("ConfusionMatrix.average", "average", average, AVERAGES);
    return this.#counts.average(average);
  }

  /** The counts as a table, with recall beside the rows and precision below the columns. */
  toString(): string {
    const { counts, scores } = this;
    const names = counts.map((_, c) => this.#labels?.[c] ?? String(c));
    const margin = Math.max("precision".length, ...names.map(({ length }) => length));
    const cells = counts.map((row) => row.map(String));
    const widths = names.map((name, c) => Math.max(5, name.length, ...cells.map((row) => row[c]!.length)));
    const line = (head: string, row: string[], end: string) =>
      [head.padStart(margin), ...row.map((cell, c) => cell.padStart(widths[c]!)), end.padStart(7)].join(" ");
    return [
      line("", names, "recall"),
      ...cells.map((row, c) => line(names[c]!, row, scores[c]!.recall.toFixed(3))),
      line(
        "precision",
        scores.map(({ precision }) => precision.toFixed(3)),
        this.value.toFixed(3),
      ),
    ].join("\n");
  }

  #checkLabels(classes: number): void {
    if (this.#labels === null || this.#labels.length >= classes) return;
    throw new RangeError(
      `ConfusionMatrix: there are ${classes} classes, but labels has ${this.#labels.length}; name each of them`,
    );
  }
}
