import { normalFill, type Tensor } from "@rnn/tensor";
import { checkFinite, checkInitOptions, initOptionNames } from "./check.ts";
import { type InitOptions, type InitTarget, tensorFor } from "./target.ts";

/**
 * Normally distributed numbers. Equals `torch.nn.init.normal_`.
 *
 * @throws RangeError if `mean` is not finite, or `std` not finite or negative.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.normal([2, 3], 0, 0.02).shape; // => [2, 3]
 * ```
 *
 * @public
 */
export function normal(target: InitTarget, mean = 0, std = 1, options: InitOptions = {}): Tensor {
  checkFinite("init.normal", "mean", mean);
  checkFinite("init.normal", "std", std, 0);
  checkInitOptions("init.normal", options, initOptionNames);
  return normalFill(tensorFor(target, options), mean, std, { generator: options.generator });
}
