import { Tensor, tensor } from "@rnn/tensor";
import { gradientUse, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray, FloatDType } from "../dtype.ts";
import type { Lengths } from "../lengths.ts";
import { lentZeros } from "../memory/buffer-pool.ts";
import { copyRun } from "../memory/copy-run.ts";
import { checkTensor } from "./operand.ts";
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
  const value = checkTensor("meanOverTime", "input", x);
  const steps = stepsOf("meanOverTime", value, lengths, options);
  const { batch, width, stride, ends } = steps;
  const data = value.data as FloatArray;
  const sums = new Float64Array(batch * width);
  steps.forEach((n, t) => {
    for (let j = 0, read = steps.at(n, t), to = n * width; j < width; j++, read += stride, to++) {
      sums[to]! += data[read]!;
    }
  });
  const divisors = tensor(ends).clamp({ min: 1 }).unsqueeze(1);
  const y = new Tensor(sums, [batch, width]).div(divisors).to(value.dtype);
  const result = record("meanOverTime", [x], y, (dy) => {
    const dx = lentZeros(value.shape, dy.dtype as FloatDType);
    const to = stepsOf("meanOverTime", dx, ends, options);
    const shares = dy.div(divisors).data as FloatArray;
    to.forEach((n, t) => {
      copyRun(shares, n * width, dx.data as FloatArray, to.at(n, t), width);
    });
    return [dx];
  });
  return gradientUse("read", result);
}
