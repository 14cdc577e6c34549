import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { type LossOptions, lossOptionNames } from "./loss-reduction.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Options of {@link huberLoss}.
 *
 * @public
 */
export interface HuberLossOptions extends LossOptions {
  /** Where the square turns into a line; positive. Default 1. */
  delta?: number | undefined;
}

const optionNames: OptionNames<HuberLossOptions> = { ...lossOptionNames, delta: true };

/**
 * Squared error for small differences, linear for large ones: `d² / 2` for `|d| <= delta`, else
 * `delta (|d| - delta / 2)`, with `d = x - t`.
 *
 * @remarks
 * Input and target have one shape. Differentiable by both. Equals `torch.nn.HuberLoss`. Source: Huber 1964.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 * @throws RangeError if `delta` is not positive.
 *
 * @example
 * ```ts
 * import { huberLoss, variable } from "@rnn/nn";
 *
 * huberLoss(variable([0.5, 3]), variable([0, 0]), { delta: 2, reduction: "none" }).value.toArray(); // => [0.125, 4]
 * ```
 *
 * @public
 */
export function huberLoss(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: HuberLossOptions = {},
): Variable {
  const { reduction = "mean", delta = 1 } = checkOptions("huberLoss", options, optionNames);
  if (!(delta > 0)) throw new RangeError(`huberLoss: delta must be positive, got ${delta}`);
  const slope = (d: number): number => (Math.abs(d) <= delta ? d : delta * Math.sign(d));
  return pointwiseLoss("huberLoss", input, target, reduction, {
    loss(x, t) {
      const size = Math.abs(x - t);
      return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
    },
    slope: (x, t) => slope(x - t),
    targetSlope: (x, t) => slope(t - x),
  });
}
