import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { type LossOptions, lossOptionNames } from "./loss-reduction.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Options of {@link smoothL1Loss}.
 *
 * @public
 */
export interface SmoothL1LossOptions extends LossOptions {
  /** Where the square turns into a line; 0 gives the absolute error. Default 1. */
  beta?: number | undefined;
}

const optionNames: OptionNames<SmoothL1LossOptions> = { ...lossOptionNames, beta: true };

/**
 * Absolute error with a rounded corner: `d² / (2 beta)` for `|d| < beta`, else `|d| - beta / 2`, with `d = x - t`.
 *
 * @remarks
 * Input and target have one shape. Differentiable by both. Equals `torch.nn.SmoothL1Loss`.
 * Source: Girshick 2015 (Fast R-CNN).
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 * @throws RangeError if `beta` is negative.
 *
 * @example
 * ```ts
 * import { smoothL1Loss, variable } from "@rnn/nn";
 *
 * smoothL1Loss(variable([0.5, 3]), variable([0, 0]), { reduction: "none" }).value.toArray(); // => [0.125, 2.5]
 * ```
 *
 * @public
 */
export function smoothL1Loss(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: SmoothL1LossOptions = {},
): Variable {
  const { reduction = "mean", beta = 1 } = checkOptions("smoothL1Loss", options, optionNames);
  if (!(beta >= 0)) throw new RangeError(`smoothL1Loss: beta must not be negative, got ${beta}`);
  const slope = (d: number): number => (Math.abs(d) < beta ? d / beta : Math.sign(d));
  return pointwiseLoss("smoothL1Loss", input, target, reduction, {
    loss(x, t) {
      const size = Math.abs(x - t);
      return size < beta ? (0.5 * size * size) / beta : size - 0.5 * beta;
    },
    slope: (x, t) => slope(x - t),
    targetSlope: (x, t) => slope(t - x),
  });
}
