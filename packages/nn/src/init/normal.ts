import { randn, type Tensor } from "@rnn/tensor";
import { fill, type InitOptions, type InitTarget } from "./target.ts";

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
  return fill(target, options, (shape, dtype) => {
    const draws = randn(shape, { dtype, generator: options.generator }).data;
    for (let i = 0; i < draws.length; i++) draws[i] = draws[i]! * std + mean;
    return draws;
  });
}
