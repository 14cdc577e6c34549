import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { type LossOptions, lossOptionNames } from "./loss-reduction.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Options of {@link quantileLoss}.
 *
 * @public
 */
export interface QuantileLossOptions extends LossOptions {
  /** Which quantile is predicted, between 0 and 1. Default 0.5, the median. */
  quantile?: number | undefined;
}

const optionNames: OptionNames<QuantileLossOptions> = { ...lossOptionNames, quantile: true };

/**
 * Pinball loss, least when the prediction is the given quantile of the target: `max(q d, (q - 1) d)` with `d = t - x`.
 *
 * @remarks
 * Input and target have one shape. With `q = 0.9`, predicting too little costs nine times what predicting too much does; with
 * `q = 0.5` it is half the absolute error. Differentiable by both; the gradient at 0 is 0. Source: Koenker & Bassett 1978.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 * @throws RangeError if `quantile` is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { quantileLoss, variable } from "@rnn/nn";
 *
 * const options = { quantile: 0.9, reduction: "none" } as const;
 * quantileLoss(variable([1, 5]), variable([3, 3]), options).value.toArray(); // => [1.8, 0.2]
 * ```
 *
 * @public
 */
export function quantileLoss(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: QuantileLossOptions = {},
): Variable {
  const { reduction = "mean", quantile = 0.5 } = checkOptions("quantileLoss", options, optionNames);
  if (!(quantile > 0 && quantile < 1)) {
    throw new RangeError(`quantileLoss: quantile must be between 0 and 1, got ${quantile}`);
  }
  const slope = (d: number): number => (d > 0 ? quantile : d < 0 ? quantile - 1 : 0 * d);
  return pointwiseLoss("quantileLoss", input, target, reduction, {
    loss: (x, t) => Math.max(quantile * (t - x), (quantile - 1) * (t - x)),
    slope: (x, t) => -slope(t - x),
    targetSlope: (x, t) => slope(t - x),
  });
}
