import { type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { Lengths } from "../lengths.ts";
import { tensorAt } from "./operand.ts";
import { type SequenceLayoutOptions, stepsOf } from "./time-steps.ts";

/**
 * The mean of each feature over the valid steps of each sequence.
 *
 * @remarks
 * Shapes: `x` `[L, N, H]` (`[N, L, H]` with `batchFirst`), the result `[N, H]`; zeros for a sequence of length 0. What
 * stands past the end, NaN included, is never looked at. Gradient: `dy / length` at every valid step.
 *
 * @param lengths - how many steps of each sequence are valid; all if absent
 *
 * @throws {@link @rnn/tensor#ShapeError} if `x` does not have three dimensions, or `lengths` not one entry per row.
 * @throws RangeError if a length is not an integer from 0 to the number of steps.
 *
 * @example
 * ```ts
 * import { meanOverTime, variable } from "@rnn/nn";
 *
 * const x = variable([[[1, 5]], [[3, 2]], [[9, 9]]]);
 * meanOverTime(x, [2]).value.toArray(); // => [[2, 3.5]]
 * ```
 *
 * @public
 */
export function meanOverTime(
  x: Variable | Tensor,
  lengths?: Lengths,
  options: SequenceLayoutOptions = {},
): Variable {
  const value = tensorAt("meanOverTime", "input", x);
  const { batch, width, stride, at, ends } = stepsOf("meanOverTime", value, lengths, options);
  const y = zeros([batch, width], { dtype: value.dtype });
  const sums = new Float64Array(width);
  for (let n = 0; n < batch; n++) {
    const length = ends[n]!;
    if (length === 0) continue;
    sums.fill(0);
    for (let t = 0; t < length; t++) {
      for (let j = 0, read = at(n, t); j < width; j++, read += stride) sums[j]! += value.data[read]!;
    }
    for (let j = 0; j < width; j++) y.data[n * width + j] = sums[j]! / length;
  }
  return record("meanOverTime", [x], y, (dy) => {
    const dx = zeros(value.shape, { dtype: dy.dtype });
    const to = stepsOf("meanOverTime", dx, ends, options);
    const source = dy.contiguous();
    for (let n = 0; n < batch; n++) {
      const length = ends[n]!;
      for (let t = 0; t < length; t++) {
        const write = to.at(n, t);
        const read = source.offset + n * width;
        for (let j = 0; j < width; j++) dx.data[write + j] = source.data[read + j]! / length;
      }
    }
    return [dx];
  });
}
