import { Tensor, type TensorData } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { lendFloats } from "../memory/buffer-pool.ts";
import { checkOptions, checkProbability, type OptionNames } from "../options-check.ts";
import { type ClassScores, classScores, classWeights } from "./class-targets.ts";
import { reducer } from "./loss-reduction.ts";
import { type NllLossOptions, nllOptionNames } from "./nll-loss.ts";
import { checkTensor, needsGrad } from "./operand.ts";
import { scaledSoftmax, softmaxRows } from "./softmax-rows.ts";
import { type TargetShares, targetShares } from "./target-shares.ts";

/**
 * Options of {@link crossEntropy}.
 *
 * @public
 */
export interface CrossEntropyOptions extends NllLossOptions {
  /** Part of each target that is spread evenly over all classes, between 0 and 1. Default 0. */
  labelSmoothing?: number | undefined;
}

const optionNames: OptionNames<CrossEntropyOptions> = { ...nllOptionNames, labelSmoothing: true };

/**
 * Cross-entropy of `softmax(logits)` with class indices or class probabilities.
 *
 * With `q` the target's probability of each class (1 for a class index, mixed with `1 / C` by `labelSmoothing`) and `w`
 * the class weights, the loss of a row is `-sum(q w log softmax(x))`.
 *
 * @remarks
 * Shapes: logits `[N, C]`, `[C]` or `[N, C, …]`; target int32 `[N]`, `[]` or `[N, …]`, or floating of the shape of the
 * logits. `"mean"` divides by the sum of `w` over the targets that are not ignored; for probabilities, by the number of
 * rows. Gradient: `softmax(x) sum(q w) - q w`; saves the logits and two numbers per row. Equals
 * `torch.nn.CrossEntropyLoss`. Label smoothing: Szegedy et al. 2016.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
 * @throws RangeError if a target is neither a class nor `ignoreIndex`; the message has its position.
 * @throws TypeError if the target has the shape of class indices but is not int32.
 *
 * @example
 * ```ts
 * import { crossEntropy, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const logits = variable([[2, 0, 0], [0, 0, 1]]);
 * crossEntropy(logits, tensor([0, 2], { dtype: "int32" })).item(); // => 0.3955
 * ```
 *
 * @public
 */
export function crossEntropy(
  logits: Variable | Tensor,
  target: Variable | Tensor,
  options: CrossEntropyOptions = {},
): Variable {
  const {
    reduction = "mean",
    weight,
    ignoreIndex = -100,
    labelSmoothing = 0,
  } = checkOptions("crossEntropy", options, optionNames);
  checkProbability("crossEntropy", "labelSmoothing", labelSmoothing);
  if (needsGrad(target)) {
    throw new TypeError(
      "crossEntropy: the target requires a gradient, which is not computed; pass target.detach()",
    );
  }
  const layout = classScores("crossEntropy", checkTensor("crossEntropy", "input", logits));
  const weights = classWeights(
    "crossEntropy",
    weight && checkTensor("crossEntropy", "weight", weight),
    layout.classes,
  );
  const goal = targetShares(
    checkTensor("crossEntropy", "target", target),
    layout,
    weights,
    ignoreIndex,
    labelSmoothing,
  );
  const { largest, sums } = softmaxRows(layout);
  const terms = new Float64Array(layout.rows);
  for (let row = 0; row < layout.rows; row++) terms[row] = rowLoss(row, layout, goal, largest, sums);
  const { dtype, shape } = layout.scores;
  const reduce = reducer("crossEntropy", reduction, { dtype, shape: layout.rowShape }, goal.divisor);
  return record("crossEntropy", [logits], reduce.value(terms), (dy) => {
    const gradientOf = reduce.gradient(dy);
    const each = new Float64Array(layout.rows);
    const factors = new Float64Array(layout.rows);
    for (const [row, total] of goal.totals.entries()) {
      if (total === 0) continue; // ignored: exactly zero, whatever its scores
      each[row] = gradientOf(row);
      factors[row] = (each[row]! * total) / sums[row]!;
    }
    const { size } = layout.scores;
    const dx = dtype === "float32" ? lendFloats(size) : new Float64Array(size);
    scaledSoftmax(layout, largest, factors, dx);
    for (let row = 0; row < layout.rows; row++) subtractShares(row, layout, goal, each[row]!, dx);
    return [new Tensor(dx, shape)];
  });
}

/** `-sum(share * log softmax)` of one row. */
function rowLoss(
  row: number,
  { classes, stride, scores, start }: ClassScores,
  { labels, shares, totals }: TargetShares,
  largest: Float64Array,
  sums: Float64Array,
): number {
  const from = scores.offset + start(row);
  const max = largest[row]!;
  const logSum = Math.log(sums[row]!);
  if (labels !== null) {
    const label = labels[row]!;
    return label < 0 ? 0 : totals[row]! * (logSum - (scores.data[from + label * stride]! - max));
  }
  let loss = 0;
  for (let c = 0; c < classes; c++) {
    loss += shares![row * classes + c]! * (logSum - (scores.data[from + c * stride]! - max));
  }
  return loss;
}

/** Subtracts `each * share` from one row of `dx`. */
function subtractShares(
  row: number,
  { classes, stride, start }: ClassScores,
  { labels, shares, totals }: TargetShares,
  each: number,
  dx: TensorData,
): void {
  const total = totals[row]!;
  if (total === 0) return;
  const from = start(row);
  if (labels !== null) dx[from + labels[row]! * stride]! -= each * total;
  else for (let c = 0; c < classes; c++) dx[from + c * stride]! -= each * shares![row * classes + c]!;
}
