import type { ReduceOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";
import { spread } from "./reduction.ts";

/**
 * Mean over some dimensions, or over all.
 *
 * @remarks
 * Gradient: `dy / n` for each of the `n` elements behind a mean.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { mean, variable } from "@rnn/nn";
 *
 * mean(variable([[1, 2], [3, 4]]), { dim: 1 }).value.toArray(); // => [1.5, 3.5]
 * ```
 *
 * @public
 */
export function mean(x: Variable | Tensor, options: ReduceOptions = {}): Variable {
  const value = checkTensor("mean", "input", x);
  const { shape, size } = value;
  return record("mean", [x], ops.mean(value, options), (dy) => [
    spread(ops.div(dy, size / dy.size), shape, options.dim),
  ]);
}
