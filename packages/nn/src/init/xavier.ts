import type { Tensor } from "@rnn/tensor";
import type { OptionNames } from "../options-check.ts";
import { checkFinite, checkInitOptions, initOptionNames } from "./check.ts";
import { fans } from "./fans.ts";
import { normal } from "./normal.ts";
import { drawOptions, type InitOptions, type InitTarget } from "./target.ts";
import { uniform } from "./uniform.ts";

/**
 * Options of `xavierUniform` and `xavierNormal`.
 *
 * @public
 */
export interface XavierOptions extends InitOptions {
  /** Factor of the standard deviation. Default 1. */
  gain?: number | undefined;
}

/** The names of {@link XavierOptions}. */
export const xavierOptionNames: OptionNames<XavierOptions> = { ...initOptionNames, gain: true };

/**
 * Uniform in ±`gain` √(6 / (fanIn + fanOut)), which keeps the variance of signals and gradients alike from layer to
 * layer. Equals `torch.nn.init.xavier_uniform_`. Source: Glorot & Bengio 2010.
 *
 * @throws {@link @rnn/tensor#ShapeError} for fewer than two dimensions.
 *
 * @throws RangeError if `gain` is not finite, or negative.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init, Linear } from "@rnn/nn";
 *
 * const layer = new Linear({ inFeatures: 4, outFeatures: 3 });
 * init.xavierUniform(layer.weight).shape; // => [3, 4]
 * ```
 *
 * @public
 */
export function xavierUniform(target: InitTarget, options: XavierOptions = {}): Tensor {
  const bound = Math.sqrt(3) * xavierDeviation("init.xavierUniform", target, options);
  return uniform(target, -bound, bound, drawOptions(options));
}

/**
 * Normal with standard deviation `gain` √(2 / (fanIn + fanOut)). Equals `torch.nn.init.xavier_normal_`.
 * Source: Glorot & Bengio 2010.
 *
 * @throws {@link @rnn/tensor#ShapeError} for fewer than two dimensions.
 *
 * @throws RangeError if `gain` is not finite, or negative.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.xavierNormal([3, 4], { gain: init.gain("tanh") }).shape; // => [3, 4]
 * ```
 *
 * @public
 */
export function xavierNormal(target: InitTarget, options: XavierOptions = {}): Tensor {
  return normal(target, 0, xavierDeviation("init.xavierNormal", target, options), drawOptions(options));
}

function xavierDeviation(where: string, target: InitTarget, options: XavierOptions): number {
  const { gain = 1 } = checkInitOptions(where, options, xavierOptionNames);
  checkFinite(where, "gain", gain, 0);
  const { fanIn, fanOut } = fans(where, target);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}
