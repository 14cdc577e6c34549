import type { Metric } from "../fit/metrics.ts";
import {
  eachProbability,
  PROBABILITY,
  type ProbabilityOptions,
  probabilityReading,
} from "./probabilities.ts";

/**
 * The Brier score: the mean squared distance of the predicted probabilities from what happened, 0 at best.
 *
 * Two classes from one output: 1/n Σ (p - y)², with p the probability of class 1. Several: 1/n Σ Σ_c (p_c - [y = c])².
 *
 * @remarks
 * Output `[N, C, ...]` for class numbers `[N, ...]`, or one logit per target of 0 or 1 (`probabilities: true` for
 * probabilities). From 0 to 1, or to 2 with several outputs, as scikit-learn's `brier_score_loss` has it; always saying one half
 * gives 0.25. Unlike accuracy it rewards probabilities that are well calibrated. NaN in the output makes it NaN. Source: Brier 1950.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if a target is no class, or a probability not one.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { brierScore } from "@rnn/train/metrics";
 *
 * const metric = brierScore({ probabilities: true });
 * metric.update(tensor([0.9, 0.4]), tensor([1, 0]));
 * metric.value; // (0.1² + 0.4²) / 2 => 0.085
 * ```
 *
 * @public
 */
export function brierScore(options: ProbabilityOptions = {}): Metric {
  const reading = probabilityReading("brierScore", options, PROBABILITY);
  let sum = 0;
  let count = 0;
  return {
    mode: "min",
    update(output, targets) {
      // one output for two classes: the error of class 0 is that of class 1, and counts once
      const share = (output?.shape?.[1] ?? 1) === 1 ? 0.5 : 1;
      eachProbability("brierScore", output, targets, reading, (target, probabilities) => {
        let error = 0;
        for (let c = 0; c < probabilities.length; c++) {
          error += (probabilities[c]! - Number(c === target)) ** 2;
        }
        sum += share * error;
        count++;
      });
    },
    get value() {
      return sum / count;
    },
  };
}
