import { checkInteger, type OptionNames } from "../check.ts";
import type { Metric } from "../fit/metrics.ts";
import { CLASS_METRIC, type ClassMetricOptions, eachTarget, ignoredOf, type Logits } from "./predictions.ts";

/**
 * Options of {@link topKAccuracy}.
 *
 * @public
 */
export interface TopKAccuracyOptions extends ClassMetricOptions {
  /** Number of classes with the largest logits that the target may be among, at least 1. */
  k: number;
}

const OPTIONS: OptionNames<TopKAccuracyOptions> = { ...CLASS_METRIC, k: true };

/**
 * The share of targets that are among the `k` classes with the largest logits.
 *
 * @remarks
 * Output `[N, C, ...]`, targets `[N, ...]` of class numbers. Of equal logits the first class comes first, so `k: 1` is
 * {@link accuracy}. With no more than `k` classes it is 1. Where the output is NaN the prediction is wrong.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `k` is not a whole number of at least 1.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { topKAccuracy } from "@rnn/train/metrics";
 *
 * const metric = topKAccuracy({ k: 2 });
 * metric.update(tensor([[2, 1, 0], [0, 3, 1]]), tensor([1, 0], { dtype: "int32" }));
 * metric.value; // => 0.5
 * ```
 *
 * @public
 */
export function topKAccuracy(options: TopKAccuracyOptions): Metric {
  const where = "topKAccuracy";
  const ignored = ignoredOf(where, options, OPTIONS);
  const { k } = options;
  checkInteger(where, "k", k, 1);
  let right = 0;
  let count = 0;
  return {
    update(output, targets) {
      eachTarget(where, output, targets, ignored, (target, logits) => {
        right += Number(rankOf(target, logits) < k);
        count++;
      });
    },
    get value() {
      return right / count;
    },
  };
}

/** How many classes come before the target's; all of them if a logit is NaN, which is never right. */
function rankOf(target: number, { data, first, stride, classes }: Logits): number {
  const logit = data[first + target * stride]!;
  let rank = 0;
  for (let c = 0; c < classes; c++) {
    const other = data[first + c * stride]!;
    if (Number.isNaN(other)) return Number.POSITIVE_INFINITY;
    if (other > logit || (other === logit && c < target)) rank++;
  }
  return rank;
}
