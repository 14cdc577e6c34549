import type { Tensor, VarianceOptions } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";
import { spread } from "./reduction.ts";
import { deviations, divisorOf } from "./variance.ts";

/**
 * Standard deviation over some dimensions, or over all: the square root of {@link variance}.
 *
 * @remarks
 * Gradient: `dy (x - mean) / ((n - correction) y)`, 0 where `y` is 0; saves `x` and the output. Equals `torch.std`.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { std, variable } from "@rnn/nn";
 *
 * std(variable([1, 2, 3, 4])).item(); // => 1.2910
 * ```
 *
 * @public
 */
export function std(x: Variable | Tensor, options: VarianceOptions = {}): Variable {
  const value = checkTensor("std", "input", x);
  const y = ops.std(value, options);
  return record("std", [x], y, (dy) => {
    const perUnit = ops.where(ops.eq(y, 0), 0, ops.div(dy, ops.mul(y, divisorOf(value, y, options))));
    return [ops.mul(spread(perUnit, value.shape, options.dim), deviations(value, options.dim))];
  });
}
