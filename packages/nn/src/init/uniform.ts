import { rand, type Tensor } from "@rnn/tensor";
import { fill, type InitOptions, type InitTarget } from "./target.ts";

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
  return fill(target, options, (shape, dtype) => {
    // PyTorch scales in the precision of the tensor, and rounds after each step
    const round = dtype === "float32" ? Math.fround : (x: number): number => x;
    const range = round(round(high) - round(low));
    const draws = rand(shape, { dtype, generator: options.generator }).data;
    for (let i = 0; i < draws.length; i++) draws[i] = round(draws[i]! * range) + round(low);
    return draws;
  });
}
