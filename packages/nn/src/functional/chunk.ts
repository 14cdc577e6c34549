import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { catWithZeros } from "./indexing.ts";
import { checkTensor } from "./operand.ts";

/**
 * Up to `chunks` parts of a dimension, equal in size except perhaps the last; views.
 *
 * @remarks
 * Gradient: the parts joined again, zeros for a part that was not used.
 *
 * @throws RangeError if `chunks` is not a positive integer.
 *
 * @example
 * ```ts
 * import { chunk, variable } from "@rnn/nn";
 *
 * chunk(variable([1, 2, 3, 4]), 2).map((part) => part.value.toArray()); // => [[1, 2], [3, 4]]
 * ```
 *
 * @public
 */
export function chunk(x: Variable | Tensor, chunks: number, dim = 0): Variable[] {
  const parts = ops.chunk(checkTensor("chunk", "input", x), chunks, dim);
  const shapes = parts.map((part) => part.shape);
  return recordAll("chunk", [x], parts, (dys) => [catWithZeros(dys, shapes, dim)]);
}
