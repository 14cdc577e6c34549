import type { SoftplusOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { chainRule } from "./chain-rule.ts";
import { checkTensor } from "./operand.ts";

/**
 * A smooth `relu` of every element: `log(1 + exp(beta x)) / beta`, and `x` itself where `beta x` is above the threshold.
 *
 * @remarks
 * For what has to be positive, such as a standard deviation. Gradient: `dy` times the logistic function of `beta x`; saves
 * `x`. Equals `torch.nn.functional.softplus`, with the defaults 1 and 20.
 *
 * @example
 * ```ts
 * import { softplus, variable } from "@rnn/nn";
 *
 * softplus(variable([-2, 0, 2])).toArray(); // => [0.126928, 0.693147, 2.126928]
 * ```
 *
 * @public
 */
export function softplus(x: Variable | Tensor, options: SoftplusOptions = {}): Variable {
  const value = checkTensor("softplus", "input", x);
  const y = ops.softplus(value, options);
  const { beta = 1, threshold = 20 } = options;
  return record("softplus", [x], y, (dy) => [
    chainRule(dy, value.contiguous(), (v) => (beta * v > threshold ? 1 : 1 / (1 + Math.exp(-beta * v)))),
  ]);
}
