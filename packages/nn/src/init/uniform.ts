import { type Tensor, uniformFill } from "@rnn/tensor";
import { type InitOptions, type InitTarget, tensorFor } from "./target.ts";

/**
 * Numbers uniform in `low..high`. Equals `torch.nn.init.uniform_`.
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
  return uniformFill(tensorFor(target, options), low, high, { generator: options.generator });
}
