import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { zerosWith } from "./indexing.ts";
import { checkTensor } from "./operand.ts";

/**
 * One position of a dimension, which disappears; a view.
 *
 * @remarks
 * Gradient: `dy` in its place, zeros around it.
 *
 * @throws RangeError if the dimension or the index is out of range.
 *
 * @example
 * ```ts
 * import { select, variable } from "@rnn/nn";
 *
 * select(variable([[1, 2], [3, 4]]), 0, -1).value.toArray(); // => [3, 4]
 * ```
 *
 * @public
 */
export function select(x: Variable | Tensor, dim: number, index: number): Variable {
  const value = checkTensor("select", "input", x);
  const { shape } = value;
  return record("select", [x], ops.select(value, dim, index), (dy) => [
    zerosWith(dy, shape, (dx) => ops.select(dx, dim, index)),
  ]);
}
