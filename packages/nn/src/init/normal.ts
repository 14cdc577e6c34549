import { normalFill, type Tensor } from "@rnn/tensor";
import { type InitOptions, type InitTarget, tensorFor } from "./target.ts";

/**
 * Normally distributed numbers. Equals `torch.nn.init.normal_`.
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
  return normalFill(tensorFor(target, options), mean, std, { generator: options.generator });
}
