import type { Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import type { OptionNames } from "../options-check.ts";
import { checkFinite, checkInitOptions, initOptionNames } from "./check.ts";
import { erf, erfInverse } from "./error-function.ts";
import { drawOptions, type InitOptions, type InitTarget } from "./target.ts";
import { uniform } from "./uniform.ts";

/**
 * Options of `truncNormal`.
 *
 * @public
 */
export interface TruncNormalOptions extends InitOptions {
  /** Mean before truncation. Default 0. */
  mean?: number | undefined;
  /** Standard deviation before truncation. Default 1. */
  std?: number | undefined;
  /** Smallest number. Default -2. */
  low?: number | undefined;
  /** Largest number. Default 2. */
  high?: number | undefined;
}

const optionNames: OptionNames<TruncNormalOptions> = {
  ...initOptionNames,
  mean: true,
  std: true,
  low: true,
  high: true,
};

/**
 * Normally distributed numbers, those outside `low..high` excluded. Equals `torch.nn.init.trunc_normal_`, which maps
 * uniform draws through the inverse distribution function.
 *
 * @throws RangeError if `mean` or `std` is not finite, `std` is negative, or `low` is not below `high`.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.truncNormal([100], { std: 0.5, low: -1, high: 1 }).max().item() <= 1; // => true
 * ```
 *
 * @public
 */
export function truncNormal(target: InitTarget, options: TruncNormalOptions = {}): Tensor {
  const where = "init.truncNormal";
  const { mean = 0, std = 1, low = -2, high = 2 } = checkInitOptions(where, options, optionNames);
  checkFinite(where, "mean", mean);
  checkFinite(where, "std", std, 0);
  if (!(low < high)) {
    throw new RangeError(`${where}: low must be below high, got ${describe(low)} and ${describe(high)}`);
  }
  const from = erf((low - mean) / (std * Math.SQRT2));
  const to = erf((high - mean) / (std * Math.SQRT2));
  const result = uniform(target, from, to, drawOptions(options));
  for (let i = 0; i < result.size; i++) {
    const at = result.offset + i;
    const x = erfInverse(result.data[at]!) * std * Math.SQRT2 + mean;
    result.data[at] = Math.min(Math.max(x, low), high);
  }
  return result;
}
