import type { Tensor } from "@rnn/tensor";
import { checkList, type OptionNames } from "../check.ts";
import type { Metric } from "../fit/metrics.ts";
import {
  eachPrediction,
  NO_CLASS,
  PREDICTION,
  type PredictionOptions,
  type Reading,
  readingOf,
} from "./predictions.ts";

/**
 * Options of {@link ConfusionMatrix}.
 *
 * @public
 */
export interface ConfusionMatrixOptions extends PredictionOptions {
  /** Names of the classes, one for each, for printing. Default their numbers. */
  labels?: readonly string[] | undefined;
}

/**
 * How well one class is told apart, or the classes on average.
 *
 * @public
 */
export interface ClassScores {
  /** Share of the predictions of the class that are right; 0 if it is never predicted. */
  readonly precision: number;
  /** Share of the targets of the class that are found; 0 if there are none. */
  readonly recall: number;
  /** Harmonic mean of precision and recall. */
  readonly f1: number;
  /** Number of targets. */
  readonly support: number;
}

/**
 * How the scores of the classes become one: the plain mean, the mean weighted by support, or from all counts together.
 *
 * @public
 */
export type Average = "macro" | "weighted" | "micro";

const OPTIONS: OptionNames<ConfusionMatrixOptions> = { ...PREDICTION, labels: true };

/**
 * Which classes are taken for which: counts of targets (rows) by predictions (columns), and the scores that follow.
 *
 * @remarks
 * Output and targets as in {@link accuracy}. A metric like the others: its `value` is the accuracy. The scores are those of
 * scikit-learn with `zero_division=0`; averages are over the classes that were seen as target or prediction.
 * A target whose output is NaN was taken for no class: it stands in no column of `counts`, but counts as missed in support,
 * recall and accuracy.
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
  readonly #reading: Reading;
  /** Square, growing with the largest class seen. */
  readonly #counts: number[][] = [];
  /** Targets of every class whose output is NaN. */
  readonly #lost: number[] = [];

  constructor(options: ConfusionMatrixOptions = {}) {
    this.#reading = readingOf("ConfusionMatrix", options, OPTIONS);
    this.#labels = options.labels ?? null;
    if (this.#labels === null) return;
    checkList("ConfusionMatrix", "labels", this.#labels, "names");
    this.#grow(this.#labels.length);
  }

  /** Takes in the output of one batch and its targets. */
  update(output: Tensor, targets: Tensor): void {
    eachPrediction("ConfusionMatrix", output, targets, this.#reading, (target, predicted, classes) => {
      this.#checkLabels(classes);
      this.#grow(Math.max(target + 1, classes));
      if (predicted === NO_CLASS) this.#lost[target]! += 1;
      else this.#counts[target]![predicted]! += 1;
    });
  }

  /** Row t, column p: how many targets of class t were taken for class p. */
  get counts(): number[][] {
    return this.#counts.map((row) => [...row]);
  }

  /** The accuracy. */
  get value(): number {
    return this.average("micro").precision;
  }

  /** The scores of every class. */
  get scores(): ClassScores[] {
    return this.#counts.map((row, c) => {
      const predicted = this.#counts.reduce((sum, { [c]: count = 0 }) => sum + count, 0);
      return scoresOf(row[c]!, predicted, total(row) + this.#lost[c]!);
    });
  }

  /** One score for all classes. */
  average(by: Average): ClassScores {
    const all = total(this.#counts.flat()) + total(this.#lost);
    if (by === "micro") {
      const right = total(this.#counts.map((row, c) => row[c]!));
      return all === 0 ? NOTHING : scoresOf(right, all, all);
    }
    const seen = this.scores.filter(
      ({ support }, c) => support > 0 || this.#counts.some((row) => row[c]! > 0),
    );
    const weights = seen.map(({ support }) => (by === "macro" ? 1 : support));
    const mean = (score: "precision" | "recall" | "f1") =>
      seen.reduce((sum, scores, k) => sum + scores[score] * weights[k]!, 0) / total(weights);
    return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1"), support: all };
  }

  /** The counts as a table, with recall beside the rows and precision below the columns. */
  toString(): string {
    const names = this.#counts.map((_, c) => this.#labels?.[c] ?? String(c));
    const { scores } = this;
    const margin = Math.max("precision".length, ...names.map(({ length }) => length));
    const cells = this.#counts.map((row) => row.map(String));
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

  #grow(classes: number): void {
    while (this.#counts.length < classes) {
      for (const row of this.#counts) row.push(0);
      this.#lost.push(0);
      this.#counts.push(new Array<number>(this.#counts.length + 1).fill(0));
    }
  }
}

const NOTHING: ClassScores = { precision: Number.NaN, recall: Number.NaN, f1: Number.NaN, support: 0 };

function scoresOf(right: number, predicted: number, support: number): ClassScores {
  return {
    precision: predicted === 0 ? 0 : right / predicted,
    recall: support === 0 ? 0 : right / support,
    f1: predicted + support === 0 ? 0 : (2 * right) / (predicted + support),
    support,
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}
