import { type Tensor, zeros } from "@rnn/tensor";
import { gradientUse, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray, FloatDType } from "../dtype.ts";
import type { Lengths } from "../lengths.ts";
import { lentZeros } from "../memory/buffer-pool.ts";
import { checkTensor } from "./operand.ts";
import { type SequenceLayoutOptions, stepsOf } from "./time-steps.ts";

/**
 * The largest value of each feature over the valid steps of each sequence.
 *
 * @remarks
 * Shapes: `x` `[L, N, H]` (`[N, L, H]` with `batchFirst`), the result `[N, H]`; zeros for a sequence of length 0. What
 * stands past the end, NaN included, is never looked at. Gradient: `dy` at the step found, the first of equal ones; saves
 * the steps. Max-over-time pooling: Collobert et al. 2011.
 *
 * @param lengths - how many steps of each sequence are valid; all if absent
 *
 * @throws {@link @rnn/tensor#ShapeError} if `x` does not have three dimensions, or `lengths` not one entry per row.
 * @throws RangeError if a length is not an integer from 0 to the number of steps.
 *
 * @example
 * ```ts
 * import { maxOverTime, variable } from "@rnn/nn";
 *
 * const x = variable([[[1, 5]], [[3, 2]], [[9, 9]]]);
 * maxOverTime(x, [2]).value.toArray(); // => [[3, 5]]
 * ```
 *
 * @public
 */
export function maxOverTime(
  x: Variable | Tensor,
  lengths?: Lengths,
  options: SequenceLayoutOptions = {},
): Variable {
  const value = checkTensor("maxOverTime", "input", x);
  const steps = stepsOf("maxOverTime", value, lengths, options);
  const { batch, width, stride, ends } = steps;
  const data = value.data as FloatArray;
  const y = zeros([batch, width], { dtype: value.dtype });
  const largest = y.data as FloatArray;
  /** The step each result was taken from; -1 without any. */
  const from = new Int32Array(batch * width).fill(-1);
  steps.forEach((n, t) => {
    for (let j = 0, read = steps.at(n, t), to = n * width; j < width; j++, read += stride, to++) {
      const element = data[read]!;
      const before = largest[to]!;
      // a NaN is larger than everything, as in max
      if (t > 0 && (element <= before || Number.isNaN(before))) continue;
      largest[to] = element;
      from[to] = t;
    }
  });
  const result = record("maxOverTime", [x], y, (dy) => {
    const dx = lentZeros(value.shape, dy.dtype as FloatDType);
    const to = stepsOf("maxOverTime", dx, ends, options);
    const [given, written] = [dy.contiguous(), dx.data as FloatArray];
    const source = given.data as FloatArray;
    for (let n = 0; n < batch; n++) {
      for (let j = 0; j < width; j++) {
        const t = from[n * width + j]!;
        if (t >= 0) written[to.at(n, t) + j] = source[given.offset + n * width + j]!;
      }
    }
    return [dx];
  });
  return gradientUse("read", result);
}
