import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { type LossOptions, lossOptionNames } from "./loss-reduction.ts";
import { checkTensor } from "./operand.ts";
import { pointwiseLoss } from "./pointwise-loss.ts";

/**
 * Options of {@link binaryCrossEntropy}.
 *
 * @public
 */
export interface BinaryCrossEntropyOptions extends LossOptions {
  /** A factor for each term, broadcast to the shape of the input; not differentiated. */
  weight?: Variable | Tensor | undefined;
}

/** The names of {@link BinaryCrossEntropyOptions}. */
export const binaryOptionNames: OptionNames<BinaryCrossEntropyOptions> = { ...lossOptionNames, weight: true };

/**
 * Cross-entropy of probabilities `x` with targets `t`: `-(t log x + (1 - t) log(1 - x))` of each element.
 *
 * @remarks
 * Input and target have one shape. Logarithms stop at -100, so that the loss stays finite at 0 and 1. From scores
 * before a sigmoid, use {@link bceWithLogits}, which is exact there too. Equals `torch.nn.BCELoss`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 * @throws RangeError if an input is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { binaryCrossEntropy, variable } from "@rnn/nn";
 *
 * binaryCrossEntropy(variable([0.5, 0.9]), variable([1, 1])).item(); // => 0.3993
 * ```
 *
 * @public
 */
export function binaryCrossEntropy(
  input: Variable | Tensor,
  target: Variable | Tensor,
  options: BinaryCrossEntropyOptions = {},
): Variable {
  const { reduction = "mean", weight } = checkOptions("binaryCrossEntropy", options, binaryOptionNames);
  const { data, offset, size } = checkTensor("binaryCrossEntropy", "input", input).contiguous();
  for (let i = offset; i < offset + size; i++) {
    if (data[i]! < 0 || data[i]! > 1) {
      throw new RangeError(
        `binaryCrossEntropy: input must be between 0 and 1, got ${data[i]}; for scores before a sigmoid use bceWithLogits`,
      );
    }
  }
  return pointwiseLoss("binaryCrossEntropy", input, target, reduction, terms, weight);
}

const terms = {
  loss: (x: number, t: number): number => -t * boundedLog(x) - (1 - t) * boundedLog(1 - x),
  slope: (x: number, t: number): number => (x - t) / Math.max(x * (1 - x), 1e-12),
  targetSlope: (x: number): number => boundedLog(1 - x) - boundedLog(x),
};

function boundedLog(x: number): number {
  return Math.max(Math.log(x), -100);
}
