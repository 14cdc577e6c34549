import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Natural logarithm of every element.
 *
 * @remarks
 * Gradient: `dy / x`; saves `x`.
 *
 * @example
 * ```ts
 * import { log, variable } from "@rnn/nn";
 *
 * log(variable([1, 10])).value.toArray(); // => [0, 2.3026]
 * ```
 *
 * @public
 */
export function log(x: Variable | Tensor): Variable {
  const value = checkTensor("log", "input", x);
  return record("log", [x], ops.log(value), (dy) => [ops.div(dy, value)]);
}
