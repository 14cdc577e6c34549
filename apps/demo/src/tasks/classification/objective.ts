import { bceWithLogits, crossEntropy, type Variable } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";

/**
 * Labels as a training target: with two classes the probability of the second, float32 `[N, 1]`, otherwise the class
 * as int32 `[N]`.
 */
export function targetTensor(labels: readonly string[], names: readonly string[]): Tensor {
  const index = new Map(names.map((name, k) => [name, k]));
  const classes = labels.map((label) => index.get(label)!);
  return names.length === 2
    ? new Tensor(Float32Array.from(classes), [classes.length, 1])
    : new Tensor(Int32Array.from(classes), [classes.length]);
}

/** Mean cross-entropy of logits against {@link targetTensor}: logistic for two classes, softmax for more. */
export function lossOf(logits: Variable, targets: Tensor): Variable {
  return targets.dtype === "int32" ? crossEntropy(logits, targets) : bceWithLogits(logits, targets);
}

/**
 * Log-odds ln(p / (1 - p)) of a class, from a text's logits: one of the second class, or one per class.
 *
 * Tells apart what as a probability would round to 0 or 1.
 */
export function logOddsOf(logits: readonly number[], target: number): number {
  if (logits.length === 1) return target === 1 ? logits[0]! : -logits[0]!;
  const others = logits.filter((_, k) => k !== target);
  const largest = Math.max(...others);
  const sum = others.reduce((total, z) => total + Math.exp(z - largest), 0);
  return logits[target]! - largest - Math.log(sum);
}

/** Probability of each of `classes` classes, from a text's logits. */
export function probabilitiesOf(logits: readonly number[], classes: number): number[] {
  return Array.from({ length: classes }, (_, target) => 1 / (1 + Math.exp(-logOddsOf(logits, target))));
}

/** The most probable class, the first of several. */
export function classOf(logits: readonly number[]): number {
  if (logits.length === 1) return logits[0]! > 0 ? 1 : 0;
  return logits.reduce((best, value, k) => (value > logits[best]! ? k : best), 0);
}
