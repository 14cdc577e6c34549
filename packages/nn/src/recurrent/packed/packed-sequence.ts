import { ShapeError } from "@rnn/tensor";
import type { Variable } from "../../autograd/variable.ts";
import { describe } from "../../describe.ts";
import { checkTensor } from "../../functional/operand.ts";
import { printShape } from "../../shape.ts";
import { takePadded, takeSteps } from "./packed-rows.ts";

/**
 * Sequences of different lengths without padding: the rows of step 0, then those of step 1, and so on.
 *
 * @remarks
 * The equal of `torch.nn.utils.rnn.PackedSequence`, for code that comes from there; made by {@link packSequence} and
 * {@link packPaddedSequence}. Within a step, longer sequences come first, so step t is the first `batchSizes[t]`
 * sequences. In this library the option `lengths` of the layers does the same without packing, in any order.
 *
 * @example
 * ```ts
 * import { packSequence } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const packed = packSequence([tensor([1, 2, 3]), tensor([4, 5]), tensor([6])]);
 * packed.data.value.toArray(); // => [1, 4, 6, 2, 5, 3]
 * [...packed.batchSizes]; // => [3, 2, 1]
 * ```
 *
 * @public
 */
export class PackedSequence {
  /** `[T, ...]`, T the sum of all lengths. */
  readonly data: Variable;
  /** The number of sequences that have step t, for each step of the longest. */
  readonly batchSizes: Int32Array;
  /** The sequence at each sorted place; `null` if they were given longest first. */
  readonly sortedIndices: Int32Array | null;
  /** The sorted place of each sequence; `null` with `sortedIndices`. */
  readonly unsortedIndices: Int32Array | null;

  /**
   * @param data - `[T, ...]`
   * @param batchSizes - as PyTorch has them: T in sum, never growing
   * @param sortedIndices - as PyTorch has them: each of 0 to N - 1 once
   * @throws {@link @rnn/tensor#ShapeError} if `data` has not one row for each step.
   * @throws RangeError if the sizes grow, or the indices are not each of 0 to N - 1 once.
   */
  constructor(data: Variable, batchSizes: Int32Array, sortedIndices: Int32Array | null = null) {
    checkSizes(data, batchSizes);
    this.data = data;
    this.batchSizes = batchSizes;
    this.sortedIndices = sortedIndices;
    this.unsortedIndices = sortedIndices && inverse(sortedIndices, batchSizes[0] ?? 0);
  }

  /** @internal For layers, which hold no code for packing: the steps as a padded batch, and its lengths. */
  _unpack(batchFirst: boolean): { output: Variable; lengths: Int32Array } {
    const lengths = lengthsOf(this);
    const [L, N] = [this.batchSizes.length, lengths.length];
    const rows = rowsOfSteps(this, L, batchFirst);
    return { output: takePadded(this.data, rows, 0, batchFirst ? [N, L] : [L, N]), lengths };
  }

  /** @internal `x` `[L, N, ...]` packed as this is. */
  _repack(x: Variable): PackedSequence {
    const { batchSizes, sortedIndices } = this;
    return new PackedSequence(takeSteps(x, batchSizes, sortedIndices), batchSizes, sortedIndices);
  }
}

function checkSizes(data: Variable, batchSizes: Int32Array): void {
  checkTensor("PackedSequence", "data", data);
  if (!(batchSizes instanceof Int32Array)) {
    throw new TypeError(`PackedSequence: batchSizes must be an Int32Array, got ${describe(batchSizes)}`);
  }
  const rows = batchSizes.reduce((sum, size) => sum + size, 0);
  if (rows !== data.shape[0]) {
    throw new ShapeError(
      `PackedSequence: batchSizes add up to ${rows}, but data has shape ${printShape(data.shape)}`,
    );
  }
  batchSizes.forEach((size, t) => {
    if (size > 0 && (t === 0 || size <= batchSizes[t - 1]!)) return;
    throw new RangeError(
      `PackedSequence: batchSizes must be positive and never grow, got [${batchSizes.join(",")}]`,
    );
  });
}

function inverse(indices: Int32Array, count: number): Int32Array {
  const places = new Int32Array(count).fill(-1);
  indices.forEach((index, place) => {
    if (places[index] === -1) places[index] = place;
  });
  if (indices.length !== count || places.includes(-1)) {
    throw new RangeError(
      `PackedSequence: sortedIndices must be each of 0 to ${count - 1} once, got [${indices.join(",")}]`,
    );
  }
  return places;
}

/** The length of each sequence, in the order they were given in. */
export function lengthsOf({ batchSizes, unsortedIndices }: PackedSequence): Int32Array {
  const lengths = new Int32Array(batchSizes[0] ?? 0);
  for (const size of batchSizes) for (let place = 0; place < size; place++) lengths[place]!++;
  return unsortedIndices === null ? lengths : unsortedIndices.map((place) => lengths[place]!);
}

/** The row of the data that holds each step of each sequence: `[t * N + n]`, or `[n * L + t]` batch first; -1 if none. */
export function rowsOfSteps(
  { batchSizes, unsortedIndices }: PackedSequence,
  steps: number,
  batchFirst: boolean,
): Int32Array {
  const N = batchSizes[0] ?? 0;
  const rows = new Int32Array(steps * N).fill(-1);
  let first = 0;
  batchSizes.forEach((size, t) => {
    for (let n = 0; n < N; n++) {
      const place = unsortedIndices === null ? n : unsortedIndices[n]!;
      if (place < size) rows[batchFirst ? n * steps + t : t * N + n] = first + place;
    }
    first += size;
  });
  return rows;
}
