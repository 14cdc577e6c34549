import type { Metric } from "../fit/metrics.ts";
import { eachPrediction, PREDICTION, type PredictionOptions, readingOf } from "./predictions.ts";

/**
 * The share of predictions that are right.
 *
 * @remarks
 * What the losses take, by shape:
 *
 * - Output `[N, C, ...]` for targets `[N, ...]` of class numbers: the prediction is the class with the largest logit, the
 *   first one of equals. Probabilities do as well.
 * - Both `[N, C, ...]`, of several classes: the targets are probabilities of the classes, such as one-hot rows; right where both
 *   are largest at the same class.
 * - One output per target, `[N]` or `[N, 1, ...]`: class 1 is predicted above `threshold`, which is 0 for logits; pass
 *   `() => accuracy({ threshold: 0.5 })` for probabilities, as after a sigmoid. Targets are 0 or 1.
 * - With `multilabel: true` and targets of the output's shape: every element is such a yes or no.
 *
 * Where the output is NaN the prediction is wrong.
 *
 * @throws TypeError if output or targets are no tensors, or for an unknown option.
 * @throws RangeError if a target is no class, or targets of the output's shape are no probabilities.
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
 *
 * const ofProbabilities = accuracy({ threshold: 0.5 });
 * ofProbabilities.update(tensor([0.9, 0.2]), tensor([1, 0]));
 * ofProbabilities.value; // => 1
 * ```
 *
 * @public
 */
export function accuracy(options: PredictionOptions = {}): Metric {
  const reading = readingOf("accuracy", options, PREDICTION);
  let right = 0;
  let count = 0;
  return {
    update(output, targets) {
      eachPrediction("accuracy", output, targets, reading, (target, predicted) => {
        right += Number(predicted === target);
        count++;
      });
    },
    get value() {
      return right / count;
    },
  };
}
