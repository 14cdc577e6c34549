import { checkChoice, checkInteger, type OptionNames } from "../check.ts";
import type { Metric } from "../fit/metrics.ts";
import { AVERAGES, type Average, ClassCounts, type ClassScores } from "./class-counts.ts";
import { PREDICTION, type PredictionOptions, readingOf } from "./predictions.ts";

/**
 * Options of {@link precision}, {@link recall} and {@link f1Score}.
 *
 * @public
 */
export interface ClassScoreOptions extends PredictionOptions {
  /** How the scores of the classes become one. Default `"macro"`. */
  average?: Average | undefined;
  /** Instead of an average, the score of this class alone: 1 for the positive of two. */
  posLabel?: number | undefined;
}

const OPTIONS: OptionNames<ClassScoreOptions> = { ...PREDICTION, average: true, posLabel: true };

/**
 * Precision: the share of predictions of a class that are right, averaged over the classes or of one of them.
 *
 * @remarks
 * Output and targets as in {@link accuracy}; a class that is never predicted has precision 0. For several scores of the
 * same predictions ask one {@link ConfusionMatrix}.
 *
 * @throws TypeError for an unknown option, or both `average` and `posLabel`.
 * @throws RangeError for an unknown average, or if `posLabel` is no class of the output.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { precision } from "@rnn/train/metrics";
 *
 * const metric = precision({ posLabel: 1 });
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
 * @throws TypeError for an unknown option, or both `average` and `posLabel`.
 * @throws RangeError for an unknown average, or if `posLabel` is no class of the output.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { recall } from "@rnn/train/metrics";
 *
 * const metric = recall({ posLabel: 1 });
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
 * @throws TypeError for an unknown option, or both `average` and `posLabel`.
 * @throws RangeError for an unknown average, or if `posLabel` is no class of the output.
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
  const counts = new ClassCounts(where, readingOf(where, options, OPTIONS));
  const { average = "macro", posLabel } = options;
  checkChoice(where, "average", average, AVERAGES);
  if (posLabel === undefined) {
    return {
      update: (output, targets) => counts.update(output, targets),
      get value() {
        return counts.average(average)[score];
      },
    };
  }
  if (options.average !== undefined) {
    throw new TypeError(`${where}: got both average and posLabel; pass one of them`);
  }
  checkInteger(where, "posLabel", posLabel, 0);
  const checkClasses = (classes: number) => {
    if (posLabel < classes) return;
    throw new RangeError(`${where}: posLabel is ${posLabel}, which is no class 0..${classes - 1}`);
  };
  return {
    update: (output, targets) => counts.update(output, targets, checkClasses),
    get value() {
      return counts.scores[posLabel]?.[score] ?? Number.NaN;
    },
  };
}
