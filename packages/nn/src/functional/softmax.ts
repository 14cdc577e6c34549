import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * `exp(x) / sum(exp(x))` along a dimension: positive numbers that add up to 1.
 *
 * @remarks
 * Gradient: `y * (dy - sum(dy * y))`; saves the output `y`.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { softmax, variable } from "@rnn/nn";
 *
 * softmax(variable([0, Math.log(3)]), 0).value.toArray(); // => [0.25, 0.75]
 * ```
 *
 * @public
 */
export function softmax(x: Variable | Tensor, dim: number): Variable {
  const y = ops.softmax(checkTensor("softmax", "input", x), dim);
  return record("softmax", [x], y, (dy) => {
    const weighted = ops.mul(dy, y);
    return [ops.sub(weighted, ops.mul(y, ops.sum(weighted, { dim, keepdim: true })))];
  });
}
