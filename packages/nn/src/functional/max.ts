import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { type Extremum, type ExtremumOptions, extremumAlong, extremumOfAll } from "./extremum.ts";

/**
 * The largest element of all.
 *
 * @remarks
 * Gradient: `dy`, shared equally among equal elements; saves `x`.
 *
 * @example
 * ```ts
 * import { max, variable } from "@rnn/nn";
 *
 * max(variable([[1, 2], [4, 3]])).item(); // => 4
 * ```
 *
 * @public
 */
export function max(x: Variable | Tensor): Variable;
/**
 * The largest elements along one dimension, and their positions.
 *
 * @remarks
 * Gradient: `dy` at the position found, which is the first of equal ones; saves the positions.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { max, variable } from "@rnn/nn";
 *
 * max(variable([[1, 2], [4, 3]]), { dim: 1 }).values.value.toArray(); // => [2, 4]
 * ```
 *
 * @public
 */
export function max(x: Variable | Tensor, options: ExtremumOptions): Extremum;
export function max(x: Variable | Tensor, options?: ExtremumOptions): Variable | Extremum {
  return options === undefined ? extremumOfAll("max", x) : extremumAlong("max", x, options);
}
