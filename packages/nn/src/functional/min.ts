import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { type Extremum, type ExtremumOptions, extremumAlong, extremumOfAll } from "./extremum.ts";

/**
 * The smallest element of all.
 *
 * @remarks
 * Gradient: `dy`, shared equally among equal elements; saves `x`.
 *
 * @example
 * ```ts
 * import { min, variable } from "@rnn/nn";
 *
 * min(variable([[1, 2], [4, 3]])).item(); // => 1
 * ```
 *
 * @public
 */
export function min(x: Variable | Tensor): Variable;
/**
 * The smallest elements along one dimension, and their positions.
 *
 * @remarks
 * Gradient: `dy` at the position found, which is the first of equal ones; saves the positions.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { min, variable } from "@rnn/nn";
 *
 * min(variable([[1, 2], [4, 3]]), { dim: 1 }).values.value.toArray(); // => [1, 3]
 * ```
 *
 * @public
 */
export function min(x: Variable | Tensor, options: ExtremumOptions): Extremum;
export function min(x: Variable | Tensor, options?: ExtremumOptions): Variable | Extremum {
  return options === undefined ? extremumOfAll("min", x) : extremumAlong("min", x, options);
}
