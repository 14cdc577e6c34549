import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Joins the dimensions from `startDim` to `endDim` into one.
 *
 * @remarks
 * Gradient: `dy` in the old shape. Equals `torch.flatten`.
 *
 * @throws RangeError if a dimension is out of range, or `startDim` comes after `endDim`.
 *
 * @example
 * ```ts
 * import { flatten } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * flatten(zeros([2, 3, 4]), 1).shape; // => [2, 12]
 * ```
 *
 * @public
 */
export function flatten(x: Variable | Tensor, startDim = 0, endDim = -1): Variable {
  const value = checkTensor("flatten", "input", x);
  const { shape } = value;
  return record("flatten", [x], ops.flatten(value, startDim, endDim), (dy) => [ops.reshape(dy, shape)]);
}
