import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Elements in reverse order along some dimensions.
 *
 * @remarks
 * Gradient: `dy` flipped back.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { flip, variable } from "@rnn/nn";
 *
 * flip(variable([1, 2, 3]), 0).value.toArray(); // => [3, 2, 1]
 * ```
 *
 * @public
 */
export function flip(x: Variable | Tensor, dims: number | readonly number[]): Variable {
  return record("flip", [x], ops.flip(checkTensor("flip", "input", x), dims), (dy) => [ops.flip(dy, dims)]);
}
