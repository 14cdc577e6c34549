import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { type Extremum, type ExtremumOptions, extremumAlong, extremumOfAll } from "./extremum.ts";

/**
 * The smallest element of all, or the smallest along one dimension with its positions.
 *
 * @remarks
 * Gradient: without `dim`, `dy` is shared equally among equal elements; with `dim`, it goes to the first of them.
 * Saves `x`, or the positions.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { min, variable } from "@rnn/nn";
 *
 * const x = variable([[1, 2], [4, 3]]);
 * min(x).item(); // => 1
 * min(x, { dim: 1 }).values.value.toArray(); // => [1, 3]
 * ```
 *
 * @public
 */
export function min(x: Variable | Tensor): Variable;
export function min(x: Variable | Tensor, options: ExtremumOptions): Extremum;
export function min(x: Variable | Tensor, options?: ExtremumOptions): Variable | Extremum {
  return options === undefined ? extremumOfAll("min", x) : extremumAlong("min", x, options);
}
