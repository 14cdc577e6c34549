import type { Tensor } from "@rnn/tensor";
import type { Batches } from "./batches.ts";
import { checkInteger, checkOptions, type OptionNames } from "./check.ts";
import { lanesOf } from "./lanes.ts";

/**
 * A window of a long text: a few steps of every lane, and what comes after each step.
 *
 * @public
 */
export interface LaneBatch {
  /** Token ids, int32 `[L, N]`, time first. */
  readonly inputs: Tensor;
  /** The id that follows each of them in the text, int32 `[L, N]`. */
  readonly targets: Tensor;
  /** Whether the lanes begin here; otherwise they continue where the batch before ended. */
  readonly isStart: boolean;
  /** Number of targets L * N. */
  readonly size: number;
}

/**
 * Options of {@link laneBatches}.
 *
 * @public
 */
export interface LaneBatchesOptions {
  /** Number of lanes N, the parts of the text that are read side by side. */
  batchSize: number;
  /** Steps L of a window: how far back gradients flow. The last window may be shorter. */
  sequenceLength: number;
}

const OPTIONS: OptionNames<LaneBatchesOptions> = { batchSize: true, sequenceLength: true };

/**
 * Batches for a language model: one long text in parallel lanes, cut into windows that follow one another.
 *
 * @remarks
 * In every window each lane continues where it was, so the recurrent state is to be carried from batch to batch with
 * {@link CarriedState}: truncated backpropagation, with one update per window. Every pass yields the same windows in the
 * same order. The ids that do not fill the lanes are dropped, fewer than `batchSize`, and the first id of each lane is
 * no target; to judge a short text to the last id, use one lane. To train with `parallel`, divide the lanes with `shard`:
 * they are dimension 1.
 *
 * @param stream - token ids of the text
 * @throws TypeError if `stream` is not a list, or for an unknown option.
 * @throws RangeError if an id is not an int32, a size is not a whole number of at least 1, or a lane has fewer than two ids.
 *
 * @example
 * ```ts
 * import { laneBatches } from "@rnn/train";
 *
 * const batches = laneBatches([1, 2, 3, 4, 5, 6, 7, 8], { batchSize: 2, sequenceLength: 2 });
 * const [first, last] = [...batches];
 * first?.inputs.toArray(); // => [[1, 5], [2, 6]]
 * first?.targets.toArray(); // => [[2, 6], [3, 7]]
 * last?.inputs.toArray(); // => [[3, 7]]
 * [first?.isStart, last?.isStart]; // => [true, false]
 * ```
 *
 * @public
 */
export function laneBatches(stream: ArrayLike<number>, options: LaneBatchesOptions): Batches<LaneBatch> {
  const where = "laneBatches";
  checkOptions(where, options, OPTIONS);
  const { batchSize, sequenceLength } = options;
  checkInteger(where, "batchSize", batchSize, 1);
  checkInteger(where, "sequenceLength", sequenceLength, 1);
  const text = lanesOf(where, stream, batchSize);
  const steps = text.shape[0]! - 1; // the last id of a lane is a target only
  if (steps < 1) {
    throw new RangeError(
      `${where}: a stream of ${stream.length} ids gives ${batchSize} lanes of one id each, which has no next one`,
    );
  }
  return {
    generator: null,
    length: Math.ceil(steps / sequenceLength),
    *[Symbol.iterator]() {
      for (let start = 0; start < steps; start += sequenceLength) {
        const end = Math.min(start + sequenceLength, steps);
        const inputs = text.slice([start, end]);
        yield { inputs, targets: text.slice([start + 1, end + 1]), isStart: start === 0, size: inputs.size };
      }
    },
  };
}
