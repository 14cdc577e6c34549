import type { Tensor } from "../tensor.ts";
import { chosen, type Extremum, type ExtremumOptions } from "./extremum.ts";
import { orderOfRun } from "./order.ts";
import { checkChoice, startOfRun } from "./reduction.ts";

/**
 * The median of all elements, or along one dimension with its position.
 *
 * @remarks
 * As in PyTorch, the lower one of two in the middle ({@link quantile} of 0.5 is their mean); NaN if there is one. The
 * position is that of the middle after a stable sort.
 *
 * @throws {@link ShapeError} if there is nothing to choose from; RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { median, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[3, 1, 2, 9], [5, 5, 4, 6]]);
 * median(x).item(); // => 4
 * const { values, indices } = median(x, { dim: 1 });
 * values.toArray(); // => [2, 5]
 * indices.toArray(); // => [2, 0]
 * ```
 *
 * @public
 */
export function median(x: Tensor): Tensor;
/**
 * As above, along one dimension.
 *
 * @public
 */
export function median(x: Tensor, options: ExtremumOptions): Extremum;
export function median(x: Tensor, options?: ExtremumOptions): Tensor | Extremum {
  return chosen("median", x, options, (reduction) => {
    checkChoice("median", x, reduction);
    const { data, outer, n, inner } = reduction;
    const indices = new Int32Array(outer * inner);
    for (let r = 0; r < indices.length; r++) {
      const start = startOfRun(reduction, r);
      const order = orderOfRun(data, start, n, inner, false);
      const last = order[n - 1]!;
      // NaN comes last
      indices[r] = Number.isNaN(data[start + last * inner]) ? last : order[(n - 1) >> 1]!;
    }
    return indices;
  });
}
