import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Square root of every element.
 *
 * @remarks
 * Gradient: `dy / (2 y)`; saves the output `y`.
 *
 * @example
 * ```ts
 * import { sqrt, variable } from "@rnn/nn";
 *
 * sqrt(variable([4, 9])).value.toArray(); // => [2, 3]
 * ```
 *
 * @public
 */
export function sqrt(x: Variable | Tensor): Variable {
  const y = ops.sqrt(checkTensor("sqrt", "input", x));
  return record("sqrt", [x], y, (dy) => [ops.div(dy, ops.mul(y, 2))]);
}
