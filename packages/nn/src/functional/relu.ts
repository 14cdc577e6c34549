import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Every element, with negative ones replaced by 0.
 *
 * @remarks
 * Gradient: `dy` where `x > 0`, otherwise 0; saves the output.
 *
 * @example
 * ```ts
 * import { relu, variable } from "@rnn/nn";
 *
 * relu(variable([-1, 2])).value.toArray(); // => [0, 2]
 * ```
 *
 * @public
 */
export function relu(x: Variable | Tensor): Variable {
  const y = ops.relu(checkTensor("relu", "input", x));
  return record("relu", [x], y, (dy) => [ops.where(ops.le(y, 0), 0, dy)]);
}
