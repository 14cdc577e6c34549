import { describe } from "../describe.ts";
import { checkFinite } from "./check.ts";

/**
 * What a weight is followed by, for `gain`.
 *
 * @public
 */
export type GainNonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

/**
 * The factor by which a weight has to be larger for what follows it: 5/3 for tanh, √2 for ReLU, and so on. Equals
 * `torch.nn.init.calculate_gain`.
 *
 * @param slope - the slope of a leaky ReLU for negative numbers
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.gain("relu"); // => 1.4142
 * ```
 *
 * @public
 */
export function gain(nonlinearity: GainNonlinearity, slope = 0.01): number {
  checkFinite("init.gain", "slope", slope);
  switch (nonlinearity) {
    case "linear":
    case "sigmoid":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.SQRT2;
    case "leakyRelu":
      return Math.sqrt(2 / (1 + slope ** 2));
    case "selu":
      return 3 / 4;
    default:
      throw new RangeError(`init.gain: unknown nonlinearity ${describe(nonlinearity)}`);
  }
}
