import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * `x - log(sum(exp(x)))` along a dimension: the logarithm of {@link softmax}, without overflow.
 *
 * @remarks
 * Gradient: `dy - exp(y) * sum(dy)`; saves the output `y`.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { logSoftmax, variable } from "@rnn/nn";
 *
 * logSoftmax(variable([0, 0]), 0).value.toArray(); // => [-0.6931, -0.6931]
 * ```
 *
 * @public
 */
export function logSoftmax(x: Variable | Tensor, dim: number): Variable {
  const y = ops.logSoftmax(checkTensor("logSoftmax", "input", x), dim);
  return record("logSoftmax", [x], y, (dy) => [
    ops.sub(dy, ops.mul(ops.exp(y), ops.sum(dy, { dim, keepdim: true }))),
  ]);
}
