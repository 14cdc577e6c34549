import { type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { Lengths } from "../lengths.ts";
import { checkTensor } from "./operand.ts";
import { type SequenceLayoutOptions, stepsOf } from "./time-steps.ts";

/**
 * The vector of each sequence's last valid step.
 *
 * @remarks
 * Shapes: `x` `[L, N, H]` (`[N, L, H]` with `batchFirst`), the result `[N, H]`; zeros for a sequence of length 0. Of a
 * bidirectional layer's output this is the end of the forward direction but only the first step of the backward one:
 * take its state instead. Gradient: `dy` at the last valid step.
 *
 * @param lengths - how many steps of each sequence are valid; all if absent
 *
 * @throws {@link @rnn/tensor#ShapeError} if `x` does not have three dimensions, or `lengths` not one entry per row.
 * @throws RangeError if a length is not an integer from 0 to the number of steps.
 *
 * @example
 * ```ts
 * import { lastStep, variable } from "@rnn/nn";
 *
 * const x = variable([[[1, 5]], [[3, 2]], [[9, 9]]]);
 * lastStep(x, [2]).value.toArray(); // => [[3, 2]]
 * ```
 *
 * @public
 */
export function lastStep(
  x: Variable | Tensor,
  lengths?: Lengths,
  options: SequenceLayoutOptions = {},
): Variable {
  const value = checkTensor("lastStep", "input", x);
  const { batch, width, stride, at, ends } = stepsOf("lastStep", value, lengths, options);
  const y = zeros([batch, width], { dtype: value.dtype });
  for (let n = 0; n < batch; n++) {
    if (ends[n] === 0) continue;
    const from = at(n, ends[n]! - 1);
    for (let j = 0; j < width; j++) y.data[n * width + j] = value.data[from + j * stride]!;
  }
  return record("lastStep", [x], y, (dy) => {
    const dx = zeros(value.shape, { dtype: dy.dtype });
    const to = stepsOf("lastStep", dx, ends, options);
    const { data, offset } = dy.contiguous();
    for (let n = 0; n < batch; n++) {
      if (ends[n] === 0) continue;
      const write = to.at(n, ends[n]! - 1);
      for (let j = 0; j < width; j++) dx.data[write + j] = data[offset + n * width + j]!;
    }
    return [dx];
  });
}
