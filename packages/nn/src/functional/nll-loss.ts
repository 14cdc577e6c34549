import { type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { classIndices, classScores, classWeights } from "./class-targets.ts";
import { type LossOptions, lossOptionNames, reducer } from "./loss-reduction.ts";
import { checkTensor } from "./operand.ts";

/**
 * Options of {@link nllLoss}.
 *
 * @public
 */
export interface NllLossOptions extends LossOptions {
  /** A factor for each class `[C]`; `"mean"` divides by the sum of the factors used. Not differentiated. */
  weight?: Variable | Tensor | undefined;
  /** Rows with this target do not count. Default -100. */
  ignoreIndex?: number | undefined;
}

/** The names of {@link NllLossOptions}. */
export const nllOptionNames: OptionNames<NllLossOptions> = {
  ...lossOptionNames,
  weight: true,
  ignoreIndex: true,
};

/**
 * Negative log-likelihood: minus the log-probability of each row's target class.
 *
 * @remarks
 * Shapes: input `[N, C]`, `[C]` or `[N, C, …]` of log-probabilities, target int32 `[N]`, `[]` or `[N, …]`.
 * From scores, use {@link crossEntropy}. Equals `torch.nn.NLLLoss`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
 * @throws RangeError if a target is neither a class nor `ignoreIndex`; the message has its position.
 * @throws TypeError if the target is not int32.
 *
 * @example
 * ```ts
 * import { nllLoss, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const logProbabilities = variable([[0.25, 0.75]]).log();
 * nllLoss(logProbabilities, tensor([1], { dtype: "int32" })).item(); // => 0.2877
 * ```
 *
 * @public
 */
export function nllLoss(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: NllLossOptions = {},
): Variable {
  const { reduction = "mean", weight, ignoreIndex = -100 } = checkOptions("nllLoss", options, nllOptionNames);
  const layout = classScores("nllLoss", checkTensor("nllLoss", "input", input));
  const { scores, rows, stride } = layout;
  const labels = checkTensor("nllLoss", "target", target);
  if (labels.dtype !== "int32") {
    throw new TypeError(`nllLoss: target is ${labels.dtype}, expected int32; convert it with .to("int32")`);
  }
  const indices = classIndices("nllLoss", labels, layout, ignoreIndex);
  const weights = classWeights("nllLoss", weight && checkTensor("nllLoss", "weight", weight), layout.classes);
  const terms = new Float64Array(rows);
  let divisor = 0;
  for (let row = 0; row < rows; row++) {
    const label = indices[row]!;
    if (label === ignoreIndex) continue;
    divisor += weights[label]!;
    terms[row] = -weights[label]! * scores.data[scores.offset + layout.start(row) + label * stride]!;
  }
  const reduce = reducer("nllLoss", reduction, { dtype: scores.dtype, shape: layout.rowShape }, divisor);
  return record("nllLoss", [input], reduce.value(terms), (dy) => {
    const gradientOf = reduce.gradient(dy);
    const dx = zeros(scores.shape, { dtype: scores.dtype });
    for (let row = 0; row < rows; row++) {
      const label = indices[row]!;
      if (label === ignoreIndex) continue;
      dx.data[layout.start(row) + label * stride] = -weights[label]! * gradientOf(row);
    }
    return [dx];
  });
}
