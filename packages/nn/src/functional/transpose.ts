import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { gradientUse, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Two dimensions exchanged, as a view.
 *
 * @remarks
 * Gradient: `dy` with the same two exchanged.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { transpose, variable } from "@rnn/nn";
 *
 * transpose(variable([[1, 2], [3, 4]]), 0, 1).value.toArray(); // => [[1, 3], [2, 4]]
 * ```
 *
 * @public
 */
export function transpose(x: Variable | Tensor, dim0: number, dim1: number): Variable {
  const result = record(
    "transpose",
    [x],
    ops.transpose(checkTensor("transpose", "input", x), dim0, dim1),
    (dy) => [ops.transpose(dy, dim0, dim1)],
  );
  return gradientUse("view", result);
}
