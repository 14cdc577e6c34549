import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Running sums along a dimension.
 *
 * @remarks
 * Gradient: the running sums of `dy` from the other end.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { cumsum, variable } from "@rnn/nn";
 *
 * cumsum(variable([1, 2, 3]), 0).value.toArray(); // => [1, 3, 6]
 * ```
 *
 * @public
 */
export function cumsum(x: Variable | Tensor, dim: number): Variable {
  return record("cumsum", [x], ops.cumsum(checkTensor("cumsum", "input", x), dim), (dy) => [
    ops.flip(ops.cumsum(ops.flip(dy, dim), dim), dim),
  ]);
}
