import { type Tensor, zeros } from "@rnn/tensor";
import { describe } from "../describe.ts";
import { checkLengthList, checkLengthRange, type Lengths } from "../lengths.ts";
import { checkFlag, checkOptions } from "../options-check.ts";
import { layoutOptionNames, type SequenceLayoutOptions } from "./time-steps.ts";

/**
 * Which steps of a batch of sequences are valid: those before the end.
 *
 * @remarks
 * Shape: `[L, N]` (`[N, L]` with `batchFirst`) of bool, with `L = maxLength`.
 *
 * @param maxLength - number of steps; the longest length if left out
 *
 * @throws RangeError if a length is not an integer from 0 to `maxLength`.
 * @throws TypeError if `lengths` is not an array of numbers.
 *
 * @example
 * ```ts
 * import { sequenceMask } from "@rnn/nn";
 *
 * sequenceMask([2, 0], 3, { batchFirst: true }).toArray()[0]; // => [true, true, false]
 * ```
 *
 * @public
 */
export function sequenceMask(
  lengths: Lengths,
  maxLength?: number,
  options: SequenceLayoutOptions = {},
): Tensor {
  const { batchFirst = false } = checkOptions("sequenceMask", options, layoutOptionNames);
  checkFlag("sequenceMask", "batchFirst", batchFirst);
  checkLengthList("sequenceMask", lengths);
  const steps = maxLength ?? longest(lengths);
  if (!Number.isInteger(steps) || steps < 0) {
    throw new RangeError(`sequenceMask: maxLength must be a non-negative integer, got ${describe(steps)}`);
  }
  checkLengthRange("sequenceMask", lengths, steps);
  const mask = zeros([lengths.length, steps], { dtype: "bool" });
  lengths.forEach((length, row) => {
    mask.data.fill(1, row * steps, row * steps + length);
  });
  return batchFirst ? mask : mask.transpose(0, 1).contiguous();
}

function longest(lengths: Lengths): number {
  let most = 0;
  for (const length of lengths) if (length > most) most = length;
  return most;
}
