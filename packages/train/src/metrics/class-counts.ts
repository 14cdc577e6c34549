import type { Tensor } from "@rnn/tensor";
import { eachPrediction, NO_CLASS, type Reading } from "./predictions.ts";

/**
 * How well one class is recognised, or the classes on average.
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

/** The averages, for checks. */
export const AVERAGES: readonly Average[] = ["macro", "weighted", "micro"];

/** Counts of targets by predictions, and the precision, recall and F1 that follow from them. */
export class ClassCounts {
  readonly #where: string;
  readonly #reading: Reading;
  /** Row t, column p: how many targets of class t were taken for class p. Square, growing with the largest class seen. */
  readonly #counts: number[][] = [];
  /** Targets of every class whose output is NaN: they are in no column. */
  readonly #lost: number[] = [];

  constructor(where: string, reading: Reading) {
    this.#where = where;
    this.#reading = reading;
  }

  /** Takes in the output of one batch and its targets; `checkClasses` may refuse the number of classes. */
  update(output: Tensor, targets: Tensor, checkClasses?: (classes: number) => void): void {
    eachPrediction(this.#where, output, targets, this.#reading, (target, predicted, classes) => {
      checkClasses?.(classes);
      this.grow(classes);
      if (predicted === NO_CLASS) this.#lost[target]! += 1;
      else this.#counts[target]![predicted]! += 1;
    });
  }

  /** Makes room for this many classes. */
  grow(classes: number): void {
    while (this.#counts.length < classes) {
      for (const row of this.#counts) row.push(0);
      this.#lost.push(0);
      this.#counts.push(new Array<number>(this.#counts.length + 1).fill(0));
    }
  }

  /** A copy of the counts, `[targets][predictions]`. */
  get counts(): number[][] {
    return this.#counts.map((row) => [...row]);
  }

  /** The scores of every class. */
  get scores(): ClassScores[] {
    return this.#counts.map((row, c) => {
      const predicted = this.#counts.reduce((sum, { [c]: count = 0 }) => sum + count, 0);
      return scoresOf(row[c]!, predicted, total(row) + this.#lost[c]!);
    });
  }

  /** One score for all classes that were seen as target or prediction. */
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
