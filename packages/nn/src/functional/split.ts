import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { recordAll } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { catWithZeros } from "./indexing.ts";
import { checkTensor } from "./operand.ts";

/**
 * Parts of a dimension: of `size` each (the last may be smaller), or of the given sizes; views.
 *
 * @remarks
 * Gradient: the parts joined again, zeros for a part that was not used.
 *
 * @throws {@link @rnn/tensor#ShapeError} if given sizes do not add up.
 *
 * @example
 * ```ts
 * import { split, variable } from "@rnn/nn";
 *
 * split(variable([1, 2, 3]), 2).map((part) => part.value.toArray()); // => [[1, 2], [3]]
 * ```
 *
 * @public
 */
export function split(x: Variable | Tensor, size: number | readonly number[], dim = 0): Variable[] {
  const parts = ops.split(checkTensor("split", "input", x), size, dim);
  const shapes = parts.map((part) => part.shape);
  return recordAll("split", [x], parts, (dys) => [catWithZeros(dys, shapes, dim)]);
}
