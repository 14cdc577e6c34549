import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Sine of every element, in radians.
 *
 * @remarks
 * Gradient: `dy cos(x)`; saves `x`.
 *
 * @example
 * ```ts
 * import { sin, variable } from "@rnn/nn";
 *
 * sin(variable([0, Math.PI / 2])).toArray(); // => [0, 1]
 * ```
 *
 * @public
 */
export function sin(x: Variable | Tensor): Variable {
  const value = checkTensor("sin", "input", x);
  return record("sin", [x], ops.sin(value), (dy) => [ops.mul(dy, ops.cos(value))]);
}
