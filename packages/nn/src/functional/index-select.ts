import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { indexAdd } from "./indexing.ts";
import { checkTensor } from "./operand.ts";

/**
 * The positions of a dimension that `index` lists, in its order; repeats are allowed.
 *
 * @remarks
 * Gradient: `dy` added up at the positions it was taken from; saves `index`.
 *
 * @throws RangeError if an index is out of range.
 *
 * @example
 * ```ts
 * import { indexSelect, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * indexSelect(variable([10, 20, 30]), 0, tensor([2, 0, 2], { dtype: "int32" })).value.toArray(); // => [30, 10, 30]
 * ```
 *
 * @public
 */
export function indexSelect(x: Variable | Tensor, dim: number, index: Tensor): Variable {
  const value = checkTensor("indexSelect", "input", x);
  const { shape } = value;
  return record("indexSelect", [x], ops.indexSelect(value, dim, index), (dy) => [
    indexAdd(dy, index, dim, shape),
  ]);
}
