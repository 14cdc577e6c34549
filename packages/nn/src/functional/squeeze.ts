import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Without its dimensions of size 1, or without dimension `dim` if that has size 1.
 *
 * @remarks
 * Gradient: `dy` in the shape of `x`.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { squeeze, variable } from "@rnn/nn";
 *
 * squeeze(variable([[1, 2]])).value.toArray(); // => [1, 2]
 * ```
 *
 * @public
 */
export function squeeze(x: Variable | Tensor, dim?: number): Variable {
  const value = checkTensor("squeeze", "input", x);
  const { shape } = value;
  return record("squeeze", [x], ops.squeeze(value, dim), (dy) => [ops.reshape(dy, shape)]);
}
