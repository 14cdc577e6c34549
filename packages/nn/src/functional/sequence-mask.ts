import { type Tensor, zeros } from "@rnn/tensor";
import type { Lengths } from "../recurrent/lengths.ts";
import { checkRange, type SequenceLayoutOptions } from "./time-steps.ts";

/**
 * Which steps of a batch of sequences are valid: those before the end.
 *
 * @remarks
 * Shape: `[L, N]` (`[N, L]` with `batchFirst`) of bool, with `L = maxLength`.
 *
 * @param maxLength - number of steps; the longest length if left out
 *
 * @throws RangeError if a length is not an integer from 0 to `maxLength`.
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
  maxLength: number = longest(lengths),
  { batchFirst = false }: SequenceLayoutOptions = {},
): Tensor {
  if (!Number.isInteger(maxLength) || maxLength < 0) {
    throw new RangeError(`sequenceMask: maxLength must be a non-negative integer, got ${maxLength}`);
  }
  checkRange("sequenceMask", lengths, maxLength);
  const mask = zeros([lengths.length, maxLength], { dtype: "bool" });
  lengths.forEach((length, row) => {
    mask.data.fill(1, row * maxLength, row * maxLength + length);
  });
  return batchFirst ? mask : mask.transpose(0, 1).contiguous();
}

function longest(lengths: Lengths): number {
  let most = 0;
  for (const length of lengths) if (length > most) most = length;
  return most;
}
