import { checkChoice, checkInteger, type OptionNames } from "../check.ts";
import type { Metric } from "../fit/metrics.ts";
import { type Average, type ClassScores, ConfusionMatrix } from "./confusion-matrix.ts";
import { PREDICTION, type PredictionOptions, readingOf } from "./predictions.ts";

/**
 * Options of {@link precision}, {@link recall} and {@link f1Score}.
 *
 * @public
 */
export interface ClassScoreOptions extends PredictionOptions {
  /** An average over the classes, or the number of the class that is meant: 1 for the positive of two. Default `"macro"`. */
  of?: Average | number | undefined;
}

const OPTIONS: OptionNames<ClassScoreOptions> = { ...PREDICTION, of: true };

/**
 * Precision: the share of predictions of a class that are right, averaged over the classes or of one of them.
 *
 * @remarks
 * Output and targets as in {@link accuracy}; a class that is never predicted has precision 0. For several scores of the
 * same predictions ask one {@link ConfusionMatrix}.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `of` is neither an average nor a class.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { precision } from "@rnn/train/metrics";
 *
 * const metric = precision({ of: 1 });
 * metric.update(tensor([2, 3, -1, 1]), tensor([1, 0, 1, 1])); // one positive logit too many
 * metric.value; // => 0.667
 * ```
 *
 * @public
 */
export function precision(options: ClassScoreOptions = {}): Metric {
  return scoreMetric("precision", "precision", options);
}

/**
 * Recall: the share of targets of a class that are found, averaged over the classes or of one of them.
 *
 * @remarks
 * As {@link precision}; a class without targets has recall 0.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `of` is neither an average nor a class.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { recall } from "@rnn/train/metrics";
 *
 * const metric = recall({ of: 1 });
 * metric.update(tensor([2, 3, -1, -1]), tensor([1, 0, 1, 1])); // two of three are missed
 * metric.value; // => 0.333
 * ```
 *
 * @public
 */
export function recall(options: ClassScoreOptions = {}): Metric {
  return scoreMetric("recall", "recall", options);
}

/**
 * F1: the harmonic mean of precision and recall, averaged over the classes or of one of them.
 *
 * @remarks
 * As {@link precision}. The macro average is the mean of the classes' F1, as in scikit-learn.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `of` is neither an average nor a class.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { f1Score } from "@rnn/train/metrics";
 *
 * const metric = f1Score();
 * metric.update(tensor([[2, 1], [0, 3], [4, 0], [0, 1]]), tensor([0, 0, 0, 1], { dtype: "int32" }));
 * metric.value; // mean of 0.8 and 2/3 => 0.733
 * ```
 *
 * @public
 */
export function f1Score(options: ClassScoreOptions = {}): Metric {
  return scoreMetric("f1Score", "f1", options);
}

function scoreMetric(where: string, score: keyof ClassScores, options: ClassScoreOptions): Metric {
  const { ignored: ignoreIndex, threshold, multilabel } = readingOf(where, options, OPTIONS);
  const { of = "macro" } = options;
  if (typeof of === "number") checkInteger(where, "of", of, 0);
  else checkChoice(where, "of", of, ["macro", "weighted", "micro"]);
  const matrix = new ConfusionMatrix({ ignoreIndex, threshold, multilabel });
  return {
    update: (output, targets) => matrix.update(output, targets),
    get value() {
      return (typeof of === "number" ? matrix.scores[of] : matrix.average(of))?.[score] ?? Number.NaN;
    },
  };
}
