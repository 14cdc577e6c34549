import type { Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import type { OptionNames } from "../options-check.ts";
import { checkFinite, checkInitOptions, initOptionNames } from "./check.ts";
import { fans } from "./fans.ts";
import { type GainNonlinearity, gain } from "./gain.ts";
import { normal } from "./normal.ts";
import { drawOptions, type InitOptions, type InitTarget } from "./target.ts";
import { uniform } from "./uniform.ts";

/**
 * Options of `kaimingUniform` and `kaimingNormal`.
 *
 * @public
 */
export interface KaimingOptions extends InitOptions {
  /** Slope of the leaky ReLU for negative numbers. Default 0. */
  a?: number | undefined;
  /** Which size keeps its variance: that of the input (forward pass) or of the output (backward). Default `"fanIn"`. */
  mode?: "fanIn" | "fanOut" | undefined;
  /** What follows the weight. Default `"leakyRelu"`. */
  nonlinearity?: GainNonlinearity | undefined;
}

const optionNames: OptionNames<KaimingOptions> = {
  ...initOptionNames,
  a: true,
  mode: true,
  nonlinearity: true,
};

/**
 * Uniform in ±gain √(3 / fan), which keeps the variance through a ReLU. Equals `torch.nn.init.kaiming_uniform_`.
 * Source: He et al. 2015.
 *
 * @throws {@link @rnn/tensor#ShapeError} for fewer than two dimensions.
 *
 * @throws RangeError if `a` is not finite, or `mode` or `nonlinearity` is none of its values.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.kaimingUniform([3, 4], { nonlinearity: "relu" }).shape; // => [3, 4]
 * ```
 *
 * @public
 */
export function kaimingUniform(target: InitTarget, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingDeviation("init.kaimingUniform", target, options);
  return uniform(target, -bound, bound, drawOptions(options));
}

/**
 * Normal with standard deviation gain / √fan. Equals `torch.nn.init.kaiming_normal_`. Source: He et al. 2015.
 *
 * @throws {@link @rnn/tensor#ShapeError} for fewer than two dimensions.
 *
 * @throws RangeError if `a` is not finite, or `mode` or `nonlinearity` is none of its values.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.kaimingNormal([3, 4], { mode: "fanOut", nonlinearity: "relu" }).shape; // => [3, 4]
 * ```
 *
 * @public
 */
export function kaimingNormal(target: InitTarget, options: KaimingOptions = {}): Tensor {
  return normal(target, 0, kaimingDeviation("init.kaimingNormal", target, options), drawOptions(options));
}

function kaimingDeviation(where: string, target: InitTarget, options: KaimingOptions): number {
  const { a = 0, mode = "fanIn", nonlinearity = "leakyRelu" } = checkInitOptions(where, options, optionNames);
  checkFinite(where, "a", a);
  if (mode !== "fanIn" && mode !== "fanOut") {
    throw new RangeError(`${where}: mode must be "fanIn" or "fanOut", got ${describe(mode)}`);
  }
  return gain(nonlinearity, a) / Math.sqrt(fans(where, target)[mode]);
}
