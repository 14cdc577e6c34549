import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { type BinaryCrossEntropyOptions, binaryOptionNames } from "./binary-cross-entropy.ts";
import { checkTensor } from "./operand.ts";
import { pointwiseLoss, stretched } from "./pointwise-loss.ts";

/**
 * Options of {@link bceWithLogits}.
 *
 * @public
 */
export interface BceWithLogitsOptions extends BinaryCrossEntropyOptions {
  /** How much the positive targets count, broadcast to the shape of the input; not differentiated. */
  posWeight?: Variable | Tensor | undefined;
}

const optionNames: OptionNames<BceWithLogitsOptions> = { ...binaryOptionNames, posWeight: true };

/**
 * Cross-entropy of `sigmoid(x)` with targets `t`, from the scores `x` before the sigmoid:
 * `-(posWeight t log sigmoid(x) + (1 - t) log(1 - sigmoid(x)))` of each element, exact for scores of any size.
 *
 * @remarks
 * Logits and target have one shape. Gradient without weights: `sigmoid(x) - t`. Equals `torch.nn.BCEWithLogitsLoss`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ, or a weight does not broadcast to them.
 *
 * @example
 * ```ts
 * import { bceWithLogits, variable } from "@rnn/nn";
 *
 * bceWithLogits(variable([0, 2]), variable([1, 1])).item(); // => 0.4100
 * ```
 *
 * @public
 */
export function bceWithLogits(
  logits: Variable | Tensor,
  target: Variable | Tensor,
  options: BceWithLogitsOptions = {},
): Variable {
  const { reduction = "mean", weight, posWeight } = checkOptions("bceWithLogits", options, optionNames);
  const extra =
    posWeight === undefined
      ? null
      : stretched(
          "bceWithLogits",
          "posWeight",
          posWeight,
          checkTensor("bceWithLogits", "input", logits).shape,
        );
  // with p = posWeight: loss = (1 - t) x + (1 + (p - 1) t) log(1 + exp(-x))
  const surplus = (i: number): number => (extra === null ? 0 : extra[i]! - 1);
  return pointwiseLoss(
    "bceWithLogits",
    logits,
    target,
    reduction,
    {
      loss: (x, t, i) => (1 - t) * x + (1 + surplus(i) * t) * softplus(-x),
      slope: (x, t, i) => 1 - t - (1 + surplus(i) * t) * sigmoid(-x),
      targetSlope: (x, _t, i) => surplus(i) * softplus(-x) - x,
    },
    weight,
  );
}

/** `log(1 + exp(x))` without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
