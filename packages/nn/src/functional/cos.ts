import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Cosine of every element, in radians.
 *
 * @remarks
 * Gradient: `-dy sin(x)`; saves `x`.
 *
 * @example
 * ```ts
 * import { cos, variable } from "@rnn/nn";
 *
 * cos(variable([0, Math.PI])).toArray(); // => [1, -1]
 * ```
 *
 * @public
 */
export function cos(x: Variable | Tensor): Variable {
  const value = checkTensor("cos", "input", x);
  return record("cos", [x], ops.cos(value), (dy) => [ops.neg(ops.mul(dy, ops.sin(value)))]);
}
