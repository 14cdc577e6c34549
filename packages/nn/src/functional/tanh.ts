import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { chainRule } from "./chain-rule.ts";
import { checkTensor } from "./operand.ts";

/**
 * Hyperbolic tangent of every element.
 *
 * @remarks
 * Gradient: `dy * (1 - y * y)`; saves the output `y`.
 *
 * @example
 * ```ts
 * import { tanh, variable } from "@rnn/nn";
 *
 * tanh(variable([0, 1])).value.toArray(); // => [0, 0.7616]
 * ```
 *
 * @public
 */
export function tanh(x: Variable | Tensor): Variable {
  const y = ops.tanh(checkTensor("tanh", "input", x));
  return record("tanh", [x], y, (dy) => [chainRule(dy, y, (t) => 1 - t * t)]);
}
