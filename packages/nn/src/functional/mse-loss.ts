import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions } from "../options-check.ts";
import { type LossOptions, lossOptionNames } from "./loss-reduction.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Squared error: `(x - t)²` of each element.
 *
 * @remarks
 * Input and target have one shape. Differentiable by both. Equals `torch.nn.MSELoss`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 *
 * @example
 * ```ts
 * import { mseLoss, variable } from "@rnn/nn";
 *
 * mseLoss(variable([1, 2]), variable([0, 4])).item(); // => 2.5
 * ```
 *
 * @public
 */
export function mseLoss(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: LossOptions = {},
): Variable {
  const { reduction = "mean" } = checkOptions("mseLoss", options, lossOptionNames);
  return pointwiseLoss("mseLoss", input, target, reduction, {
    loss: (x, t) => (x - t) ** 2,
    slope: (x, t) => 2 * (x - t),
    targetSlope: (x, t) => 2 * (t - x),
  });
}
