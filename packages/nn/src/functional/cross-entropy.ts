import { exp, type Tensor, type TensorData, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { type ClassScores, classScores, classWeights } from "./class-targets.ts";
import { reducer } from "./loss.ts";
import { type NllLossOptions, nllOptionNames } from "./nll-loss.ts";
import { needsGrad, tensorAt } from "./operand.ts";
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
 * rows. Gradient: `softmax(x) sum(q w) - q w`; saves the softmax. Equals
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
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new RangeError(`crossEntropy: labelSmoothing must be between 0 and 1, got ${labelSmoothing}`);
  }
  if (needsGrad(target)) {
    throw new TypeError(
      "crossEntropy: the target requires a gradient, which is not computed; pass target.detach()",
    );
  }
  const layout = classScores("crossEntropy", tensorAt("crossEntropy", "input", logits));
  const weights = classWeights(
    "crossEntropy",
    weight && tensorAt("crossEntropy", "weight", weight),
    layout.classes,
  );
  const goal = targetShares(
    tensorAt("crossEntropy", "target", target),
    layout,
    weights,
    ignoreIndex,
    labelSmoothing,
  );
  const shifted = zeros(layout.scores.shape, { dtype: layout.scores.dtype });
  const largest = shiftRows(layout, shifted.data);
  const softmax = exp(shifted);
  const terms = new Float64Array(layout.rows);
  for (let row = 0; row < layout.rows; row++) {
    terms[row] = rowLoss(row, layout, goal, largest[row]!, softmax.data);
  }
  const like = { dtype: softmax.dtype, shape: layout.rowShape };
  const reduce = reducer("crossEntropy", reduction, like, goal.divisor);
  return record("crossEntropy", [logits], reduce.value(terms), (dy) => {
    const gradientOf = reduce.gradient(dy);
    const dx = zeros(softmax.shape, { dtype: softmax.dtype });
    for (let row = 0; row < layout.rows; row++) {
      if (goal.totals[row] !== 0) rowGradient(row, layout, goal, softmax.data, gradientOf(row), dx.data);
    }
    return [dx];
  });
}

/** Subtracts from each row of scores its largest one, so that no exponential overflows; returns the largest. */
function shiftRows({ scores, rows, classes, stride, start }: ClassScores, shifted: TensorData): Float64Array {
  const { data, offset } = scores;
  const largest = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = start(row);
    let max = -Infinity;
    for (let c = 0, at = offset + from; c < classes; c++, at += stride) if (data[at]! > max) max = data[at]!;
    for (let c = 0, at = from; c < classes; c++, at += stride) shifted[at] = data[offset + at]! - max;
    largest[row] = max;
  }
  return largest;
}

/** The loss of one row; turns its exponentials, in `softmax`, into its softmax. */
function rowLoss(
  row: number,
  layout: ClassScores,
  goal: TargetShares,
  max: number,
  softmax: TensorData,
): number {
  const { classes, stride, scores } = layout;
  const { data } = scores;
  const to = layout.start(row);
  const from = scores.offset + to;
  let sum = 0;
  for (let c = 0, at = to; c < classes; c++, at += stride) sum += softmax[at]!;
  const scale = 1 / sum;
  for (let c = 0, at = to; c < classes; c++, at += stride) softmax[at]! *= scale;
  const logSum = Math.log(sum);
  if (goal.labels !== null) {
    const label = goal.labels[row]!;
    return label < 0 ? 0 : goal.totals[row]! * (logSum - (data[from + label * stride]! - max));
  }
  const shares = goal.shares as Float64Array;
  let loss = 0;
  for (let c = 0; c < classes; c++) {
    loss += shares[row * classes + c]! * (logSum - (data[from + c * stride]! - max));
  }
  return loss;
}

/** Writes `each * (softmax * total - share)` into one row of `dx`. */
function rowGradient(
  row: number,
  { classes, stride, start }: ClassScores,
  { labels, shares, totals }: TargetShares,
  softmax: TensorData,
  each: number,
  dx: TensorData,
): void {
  const from = start(row);
  const total = totals[row]!;
  for (let c = 0, at = from; c < classes; c++, at += stride) dx[at] = each * total * softmax[at]!;
  if (labels !== null) dx[from + labels[row]! * stride]! -= each * total;
  else for (let c = 0; c < classes; c++) dx[from + c * stride]! -= each * shares![row * classes + c]!;
}
