import type { SliceSpec, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { zerosWith } from "./indexing.ts";
import { checkTensor } from "./operand.ts";

/**
 * A part of a tensor, as a view.
 *
 * @remarks
 * One entry per dimension, from the first: `[start, stop, step]` (`null` for an open end), `null` for all of it, or a
 * number for a single position, which removes the dimension. Gradient: `dy` in its place, zeros around it. Steps are
 * positive, as in PyTorch; the method `x.slice(...specs)` takes negative ones too, as NumPy does.
 *
 * @example
 * ```ts
 * import { slice, variable } from "@rnn/nn";
 *
 * slice(variable([1, 2, 3, 4]), [[1, null, 2]]).value.toArray(); // => [2, 4]
 * ```
 *
 * @public
 */
export function slice(x: Variable | Tensor, specs: readonly SliceSpec[]): Variable {
  return sliced(x, ops.slice(checkTensor("slice", "input", x), specs), specs);
}

/** The `part` of `x` that the specs name as a graph node; steps may be negative. */
export function sliced(x: Variable | Tensor, part: Tensor, specs: readonly SliceSpec[]): Variable {
  const { shape } = x;
  return record("slice", [x], part, (dy) => [zerosWith(dy, shape, (dx) => dx.slice(...specs))]);
}
