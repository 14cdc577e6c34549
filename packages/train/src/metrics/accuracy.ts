import type { Metric } from "../fit/metrics.ts";
import { CLASS_METRIC, type ClassMetricOptions, eachTarget, ignoredOf, predictionOf } from "./predictions.ts";

/**
 * The share of predictions that are right.
 *
 * @remarks
 * With targets of the output's shape: two classes, right where a positive logit meets target 1 and any other target 0.
 * Otherwise the output
 * is `[N, C, ...]` for targets `[N, ...]` of class numbers, as in the cross-entropy loss, and the prediction is the
 * class with the largest logit, the first one of equals.
 *
 * @throws ShapeError if output and targets fit neither way.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { accuracy } from "@rnn/train";
 *
 * const metric = accuracy();
 * metric.update(tensor([[2, 1], [0, 3], [4, 0]]), tensor([0, 1, 1], { dtype: "int32" }));
 * metric.value; // => 0.667
 * ```
 *
 * @public
 */
export function accuracy(options: ClassMetricOptions = {}): Metric {
  const ignored = ignoredOf("accuracy", options, CLASS_METRIC);
  let right = 0;
  let count = 0;
  return {
    update(output, targets) {
      eachTarget("accuracy", output, targets, ignored, (target, logits) => {
        right += Number(predictionOf(logits) === target);
        count++;
      });
    },
    get value() {
      return right / count;
    },
  };
}
