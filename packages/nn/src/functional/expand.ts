import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Dimensions of size 1 (and new ones in front) stretched to `shape`, as a view; -1 keeps a size.
 *
 * @remarks
 * Gradient: `dy`, summed by the engine over what was stretched.
 *
 * @throws {@link @rnn/tensor#ShapeError} if a dimension of another size would change.
 *
 * @example
 * ```ts
 * import { expand, variable } from "@rnn/nn";
 *
 * expand(variable([[1], [2]]), [2, 3]).value.toArray(); // => [[1, 1, 1], [2, 2, 2]]
 * ```
 *
 * @public
 */
export function expand(x: Variable | Tensor, shape: readonly number[]): Variable {
  return record("expand", [x], ops.expand(checkTensor("expand", "input", x), shape), (dy) => [dy]);
}
