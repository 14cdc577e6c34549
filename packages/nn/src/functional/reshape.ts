import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { gradientUse, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * The same elements in another shape; one dimension may be -1, which is worked out.
 *
 * @remarks
 * Gradient: `dy` in the shape of `x`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the number of elements differs.
 *
 * @example
 * ```ts
 * import { reshape, variable } from "@rnn/nn";
 *
 * reshape(variable([[1, 2], [3, 4]]), [-1]).value.toArray(); // => [1, 2, 3, 4]
 * ```
 *
 * @public
 */
export function reshape(x: Variable | Tensor, shape: readonly number[]): Variable {
  const value = checkTensor("reshape", "input", x);
  const before = value.shape;
  const result = record("reshape", [x], ops.reshape(value, shape), (dy) => [ops.reshape(dy, before)]);
  return gradientUse("view", result);
}
