import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
import type { Reduction } from "./loss-reduction.ts";
import { checkTensor } from "./operand.ts";
import { type PointwiseTerms, pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Options of {@link klDiv}.
 *
 * @public
 */
export interface KlDivOptions {
  /**
   * What becomes of the terms; `"batchmean"` divides their sum by the size of the first dimension, which is the
   * divergence per distribution. Default `"mean"`, over all elements.
   */
  reduction?: Reduction | "batchmean" | undefined;
  /** Whether the target holds logarithms of probabilities. Default `false`. */
  logTarget?: boolean | undefined;
}

const optionNames: OptionNames<KlDivOptions> = { reduction: true, logTarget: true };

/**
 * Kullback-Leibler divergence of the input from the target: `t (log t - x)` of each element, with `x` a
 * log-probability and `0 log 0 = 0`.
 *
 * @remarks
 * Input and target have one shape. Differentiable by both. Equals `torch.nn.KLDivLoss`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 *
 * @example
 * ```ts
 * import { klDiv, variable } from "@rnn/nn";
 *
 * const logQ = variable([[0.5, 0.5]]).log();
 * klDiv(logQ, variable([[1, 0]]), { reduction: "batchmean" }).item(); // => 0.6931
 * ```
 *
 * @public
 */
export function klDiv(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: KlDivOptions = {},
): Variable {
  const { reduction = "mean", logTarget = false } = checkOptions("klDiv", options, optionNames);
  checkFlag("klDiv", "logTarget", logTarget);
  if (!["mean", "batchmean", "sum", "none"].includes(reduction)) {
    throw new RangeError(
      `klDiv: reduction must be "mean", "batchmean", "sum" or "none", got ${describe(reduction)}`,
    );
  }
  const terms = logTarget ? ofLogTarget : ofTarget;
  if (reduction !== "batchmean") return pointwiseLoss("klDiv", input, target, reduction, terms);
  const batch = checkTensor("klDiv", "input", input).shape[0] ?? 1;
  return pointwiseLoss("klDiv", input, target, "sum", terms).div(batch);
}

const ofTarget: PointwiseTerms = {
  loss: (x, t) => (t === 0 ? 0 : t * (Math.log(t) - x)),
  slope: (_x, t) => -t,
  targetSlope: (x, t) => Math.log(t) + 1 - x,
};

const ofLogTarget: PointwiseTerms = {
  loss: (x, t) => Math.exp(t) * (t - x),
  slope: (_x, t) => -Math.exp(t),
  targetSlope: (x, t) => Math.exp(t) * (t - x + 1),
};
