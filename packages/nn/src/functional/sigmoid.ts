import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { chainRule } from "./chain-rule.ts";
import { checkTensor } from "./operand.ts";

/**
 * Logistic function of every element: `1 / (1 + exp(-x))`.
 *
 * @remarks
 * Gradient: `dy * y * (1 - y)`; saves the output `y`.
 *
 * @example
 * ```ts
 * import { sigmoid, variable } from "@rnn/nn";
 *
 * sigmoid(variable([0, 1])).value.toArray(); // => [0.5, 0.7311]
 * ```
 *
 * @public
 */
export function sigmoid(x: Variable | Tensor): Variable {
  const y = ops.sigmoid(checkTensor("sigmoid", "input", x));
  return record("sigmoid", [x], y, (dy) => [chainRule(dy, y, (s) => s * (1 - s))]);
}
