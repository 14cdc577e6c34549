import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions } from "../options-check.ts";
import { type LossOptions, lossOptionNames } from "./loss-reduction.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Absolute error: `|x - t|` of each element; its slope is 0 where they are equal.
 *
 * @remarks
 * Input and target have one shape. Differentiable by both. Equals `torch.nn.L1Loss`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 *
 * @example
 * ```ts
 * import { l1Loss, variable } from "@rnn/nn";
 *
 * l1Loss(variable([1, 2]), variable([0, 4])).item(); // => 1.5
 * ```
 *
 * @public
 */
export function l1Loss(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: LossOptions = {},
): Variable {
  const { reduction = "mean" } = checkOptions("l1Loss", options, lossOptionNames);
  return pointwiseLoss("l1Loss", input, target, reduction, {
    loss: (x, t) => Math.abs(x - t),
    slope: (x, t) => Math.sign(x - t),
    targetSlope: (x, t) => Math.sign(t - x),
  });
}
