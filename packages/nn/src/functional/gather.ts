import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { scatterAdd } from "./indexing.ts";
import { checkTensor } from "./operand.ts";

/**
 * For each element of `index`, the element of `x` at that position of `dim` and its own position elsewhere.
 *
 * @remarks
 * Gradient: `dy` added up at the positions it was taken from; saves `index`.
 *
 * @throws RangeError if an index is out of range.
 *
 * @example
 * ```ts
 * import { gather, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * gather(variable([[1, 2], [3, 4]]), 1, tensor([[1], [0]], { dtype: "int32" })).value.toArray(); // => [[2], [3]]
 * ```
 *
 * @public
 */
export function gather(x: Variable | Tensor, dim: number, index: Tensor): Variable {
  const value = checkTensor("gather", "input", x);
  const { shape } = value;
  return record("gather", [x], ops.gather(value, dim, index), (dy) => [scatterAdd(dy, index, dim, shape)]);
}
