import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Absolute value of every element.
 *
 * @remarks
 * Gradient: `dy * sign(x)`, 0 at 0; saves `x`.
 *
 * @example
 * ```ts
 * import { abs, variable } from "@rnn/nn";
 *
 * abs(variable([1, -2])).value.toArray(); // => [1, 2]
 * ```
 *
 * @public
 */
export function abs(x: Variable | Tensor): Variable {
  const value = checkTensor("abs", "input", x);
  return record("abs", [x], ops.abs(value), (dy) => [ops.mul(dy, ops.sign(value))]);
}
