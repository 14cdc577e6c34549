import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensors } from "./operand.ts";

/**
 * Tensors joined along an existing dimension.
 *
 * @remarks
 * Shapes are equal except in `dim`. Gradient: each input gets its part of `dy`, as a view.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
 * @throws TypeError if `inputs` is not an array of tensors.
 *
 * @example
 * ```ts
 * import { cat, variable } from "@rnn/nn";
 *
 * cat([variable([1, 2]), variable([3])]).value.toArray(); // => [1, 2, 3]
 * ```
 *
 * @public
 */
export function cat(inputs: readonly (Variable | Tensor)[], dim = 0): Variable {
  const values = checkTensors("cat", "inputs", inputs);
  const y = ops.cat(values, dim);
  const along = dim < 0 ? dim + y.ndim : dim;
  const sizes = values.map((value) => value.shape[along] as number);
  return record("cat", inputs, y, (dy) => ops.split(dy, sizes, along));
}
