import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { type Extremum, type ExtremumOptions, extremumAlong, extremumOfAll } from "./extremum.ts";

/**
 * The largest element of all, or the largest along one dimension with its positions.
 *
 * @remarks
 * Gradient: without `dim`, `dy` is shared equally among equal elements; with `dim`, it goes to the first of them.
 * Saves `x`, or the positions.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { max, variable } from "@rnn/nn";
 *
 * const x = variable([[1, 2], [4, 3]]);
 * max(x).item(); // => 4
 * max(x, { dim: 1 }).values.value.toArray(); // => [2, 4]
 * ```
 *
 * @public
 */
export function max(x: Variable | Tensor): Variable;
export function max(x: Variable | Tensor, options: ExtremumOptions): Extremum;
export function max(x: Variable | Tensor, options?: ExtremumOptions): Variable | Extremum {
  return options === undefined ? extremumOfAll("max", x) : extremumAlong("max", x, options);
}
