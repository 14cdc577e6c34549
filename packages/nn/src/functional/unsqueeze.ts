import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * A new dimension of size 1 in front of dimension `dim`; -1 puts it last.
 *
 * @remarks
 * Gradient: `dy` in the shape of `x`.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { unsqueeze, variable } from "@rnn/nn";
 *
 * unsqueeze(variable([1, 2]), 1).value.toArray(); // => [[1], [2]]
 * ```
 *
 * @public
 */
export function unsqueeze(x: Variable | Tensor, dim: number): Variable {
  const value = checkTensor("unsqueeze", "input", x);
  const { shape } = value;
  return record("unsqueeze", [x], ops.unsqueeze(value, dim), (dy) => [ops.reshape(dy, shape)]);
}
