import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Exponential of every element.
 *
 * @remarks
 * Gradient: `dy * y`; saves the output `y`.
 *
 * @example
 * ```ts
 * import { exp, variable } from "@rnn/nn";
 *
 * exp(variable([0, 1])).value.toArray(); // => [1, 2.7183]
 * ```
 *
 * @public
 */
export function exp(x: Variable | Tensor): Variable {
  const y = ops.exp(checkTensor("exp", "input", x));
  return record("exp", [x], y, (dy) => [ops.mul(dy, y)]);
}
