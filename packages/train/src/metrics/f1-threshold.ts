import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkTensor } from "../check.ts";
import { CLASS_METRIC, type ClassMetricOptions, eachDecision, ignoredOf } from "./predictions.ts";

/**
 * The decision threshold with the best F1 of class 1, and that F1: for classes that are rare, or cost more to miss.
 *
 * F1 = 2 TP / (2 TP + FP + FN), over all thresholds that divide the outputs differently.
 *
 * @remarks
 * One output per target of 0 or 1, logits or probabilities: the threshold is of their kind, halfway between two of them, and
 * fits {@link accuracy} and {@link ConfusionMatrix}. Of equally good ones the largest. Choose it on validation data: on
 * the data it was chosen on, its F1 is too high. An output that is NaN is never above a threshold.
 *
 * @returns `threshold`, above which class 1 is to be predicted, and `f1`
 * @throws TypeError for an unknown option.
 * @throws RangeError if a target is neither 0 nor 1, or none is 1.
 * @throws ShapeError if there is not one output per target.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { f1Threshold } from "@rnn/train/metrics";
 *
 * const logits = tensor([-3, -2, -1, 0.5]);
 * f1Threshold(logits, tensor([0, 1, 0, 1])); // => { threshold: -2.5, f1: 0.8 }
 * ```
 *
 * @public
 */
export function f1Threshold(
  output: Tensor,
  targets: Tensor,
  options: ClassMetricOptions = {},
): { threshold: number; f1: number } {
  const where = "f1Threshold";
  const ignored = ignoredOf(where, options, CLASS_METRIC);
  checkTensor(where, "output", output);
  checkTensor(where, "targets", targets);
  if ((output.shape[1] ?? 1) !== 1) {
    throw new ShapeError(
      `${where}: output has shape [${output.shape.join(",")}]; a threshold needs one output per target`,
    );
  }
  const decisions: { target: number; value: number }[] = [];
  eachDecision(where, output, targets, ignored, (target, value) => {
    decisions.push({ target, value: Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value });
  });
  const positives = decisions.reduce((sum, { target }) => sum + target, 0);
  if (positives === 0) throw new RangeError(`${where}: no target is 1, so there is no F1 of class 1`);
  // lower the threshold past one output after the other; equal ones go together
  decisions.sort((a, b) => b.value - a.value || 0);
  let best = { threshold: Number.POSITIVE_INFINITY, f1: 0 };
  let found = 0;
  decisions.forEach(({ target, value }, k) => {
    found += target;
    const next = decisions[k + 1]?.value ?? Number.NEGATIVE_INFINITY;
    const f1 = (2 * found) / (k + 1 + positives);
    if (next < value && f1 > best.f1) best = { threshold: between(next, value), f1 };
  });
  return best;
}

/** A number from `low` on, but below `high`. */
function between(low: number, high: number): number {
  if (low === Number.NEGATIVE_INFINITY) return high - Math.max(1, Math.abs(high));
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}
