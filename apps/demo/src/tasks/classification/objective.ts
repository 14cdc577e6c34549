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

/**
 * Mean cross-entropy of logits against {@link targetTensor}: logistic for two classes, softmax for more.
 *
 * @param weights - What an error counts by class; 1 if absent.
 */
export function lossOf(logits: Variable, targets: Tensor, weights?: readonly number[]): Variable {
  if (targets.dtype === "int32") {
    if (weights === undefined) return crossEntropy(logits, targets);
    return crossEntropy(logits, targets, {
      weight: new Tensor(Float32Array.from(weights), [weights.length]),
    });
  }
  if (weights === undefined) return bceWithLogits(logits, targets);
  const ofEach = Float32Array.from(targets.data, (target) => weights[target]!);
  return bceWithLogits(logits, targets, { weight: new Tensor(ofEach, targets.shape) });
}

/** Weights that give every class the same share of the loss: n / (classes · n of the class), 1 on average over the texts. */
export function balancedWeights(labels: readonly string[], names: readonly string[]): number[] {
  return names.map(
    (name) => labels.length / (names.length * labels.filter((label) => label === name).length),
  );
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

/**
 * The most probable class, the first of several.
 *
 * @param threshold - Logit above which the second of two classes is chosen.
 */
export function classOf(logits: readonly number[], threshold: number = 0): number {
  if (logits.length === 1) return logits[0]! > threshold ? 1 : 0;
  return logits.reduce((best, value, k) => (value > logits[best]! ? k : best), 0);
}
