import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * The dimensions in another order, as a view.
 *
 * @remarks
 * Gradient: `dy` with the order undone.
 *
 * @throws RangeError unless `dims` names every dimension once.
 *
 * @example
 * ```ts
 * import { permute, variable } from "@rnn/nn";
 *
 * permute(variable([[1, 2, 3]]), [1, 0]).shape; // => [3, 1]
 * ```
 *
 * @public
 */
export function permute(x: Variable | Tensor, dims: readonly number[]): Variable {
  return record("permute", [x], ops.permute(checkTensor("permute", "input", x), dims), (dy) => {
    const inverse = new Array<number>(dims.length);
    dims.forEach((dim, i) => {
      inverse[dim < 0 ? dim + dims.length : dim] = i;
    });
    return [ops.permute(dy, inverse)];
  });
}
