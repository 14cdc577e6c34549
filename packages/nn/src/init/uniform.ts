import { type Tensor, uniformFill } from "@rnn/tensor";
import { checkFinite, checkInitOptions, initOptionNames } from "./check.ts";
import { type InitOptions, type InitTarget, tensorFor } from "./target.ts";

/**
 * Numbers uniform in `low..high`. Equals `torch.nn.init.uniform_`.
 *
 * @throws RangeError if `low` or `high` is not finite, or `high` is below `low`.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.uniform([2, 3], -0.1, 0.1).shape; // => [2, 3]
 * ```
 *
 * @public
 */
export function uniform(target: InitTarget, low = 0, high = 1, options: InitOptions = {}): Tensor {
  checkFinite("init.uniform", "low", low);
  checkFinite("init.uniform", "high", high, low);
  checkInitOptions("init.uniform", options, initOptionNames);
  return uniformFill(tensorFor(target, options), low, high, { generator: options.generator });
}
