import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensors } from "./operand.ts";

/**
 * Tensors of one shape joined along a new dimension.
 *
 * @remarks
 * Gradient: each input gets its part of `dy`, as a view.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes differ.
 * @throws TypeError if `inputs` is not an array of tensors.
 *
 * @example
 * ```ts
 * import { stack, variable } from "@rnn/nn";
 *
 * stack([variable([1, 2]), variable([3, 4])], 1).value.toArray(); // => [[1, 3], [2, 4]]
 * ```
 *
 * @public
 */
export function stack(inputs: readonly (Variable | Tensor)[], dim = 0): Variable {
  return record("stack", inputs, ops.stack(checkTensors("stack", "inputs", inputs), dim), (dy) =>
    inputs.map((_, i) => ops.select(dy, dim, i)),
  );
}
