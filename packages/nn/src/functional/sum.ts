import type { ReduceOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";
import { spread } from "./reduction.ts";

/**
 * Sum over some dimensions, or over all.
 *
 * @remarks
 * Gradient: `dy` for every element that was summed.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { sum, variable } from "@rnn/nn";
 *
 * sum(variable([[1, 2], [3, 4]]), { dim: 0 }).value.toArray(); // => [4, 6]
 * ```
 *
 * @public
 */
export function sum(x: Variable | Tensor, options: ReduceOptions = {}): Variable {
  const value = checkTensor("sum", "input", x);
  const { shape } = value;
  return record("sum", [x], ops.sum(value, options), (dy) => [spread(dy, shape, options.dim)]);
}
