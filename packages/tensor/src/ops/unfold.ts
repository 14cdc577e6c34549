import { describe, normalizeDim } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * A view of all windows of `size` elements that slide along a dimension, `step` apart.
 *
 * @remarks
 * As `torch.Tensor.unfold`. Shapes: `[..., n, ...]` gives `[..., floor((n - size) / step) + 1, ..., size]`. Windows share
 * memory where they overlap. With step 1 it is NumPy's `sliding_window_view`.
 *
 * @throws RangeError if the size is not an integer from 0 to that of the dimension, the step is not a positive integer,
 * or the dimension is out of range.
 *
 * @example
 * ```ts
 * import { arange, unfold } from "@rnn/tensor";
 *
 * unfold(arange(6), 0, 3, 2).toArray(); // => [[0, 1, 2], [2, 3, 4]]
 * ```
 *
 * @public
 */
export function unfold(x: Tensor, dim: number, size: number, step = 1): Tensor {
  checkTensor("unfold", x);
  const d = normalizeDim("unfold", dim, x.ndim);
  // a 0-d tensor is a window of itself
  const [n, stride] = x.ndim === 0 ? [1, 1] : [x.shape[d]!, x.strides[d]!];
  if (!Number.isInteger(size) || size < 0 || size > n) {
    throw new RangeError(
      `unfold: size is ${describe(size)}, expected an integer in 0..${n} (the size of dim ${d})`,
    );
  }
  if (!Number.isInteger(step) || step < 1) {
    throw new RangeError(`unfold: step is ${describe(step)}, expected a positive integer`);
  }
  const count = Math.floor((n - size) / step) + 1;
  const replaced = (list: readonly number[], item: number): number[] =>
    list.map((old, i) => (i === d ? item : old));
  return new Tensor(x.data, [...replaced(x.shape, count), size], {
    strides: [...replaced(x.strides, count > 1 ? stride * step : stride), stride],
    offset: x.offset,
  });
}
