import type { LeakyReluOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { chainRule } from "./chain-rule.ts";
import { checkTensor } from "./operand.ts";

/**
 * Every element, with negative ones multiplied by a small slope, 0.01 by default.
 *
 * @remarks
 * Gradient: `dy` where `x > 0`, otherwise `negativeSlope dy`; saves `x`. Equals `torch.nn.functional.leaky_relu`.
 *
 * @example
 * ```ts
 * import { leakyRelu, variable } from "@rnn/nn";
 *
 * leakyRelu(variable([-2, 3]), { negativeSlope: 0.1 }).toArray(); // => [-0.2, 3]
 * ```
 *
 * @public
 */
export function leakyRelu(x: Variable | Tensor, options: LeakyReluOptions = {}): Variable {
  const value = checkTensor("leakyRelu", "input", x);
  const y = ops.leakyRelu(value, options);
  const { negativeSlope = 0.01 } = options;
  return record("leakyRelu", [x], y, (dy) => [
    chainRule(dy, value.contiguous(), (v) => (v > 0 ? 1 : negativeSlope)),
  ]);
}
