import { type Generator, indexSelect, ShapeError, Tensor } from "@rnn/tensor";
import {
  BATCHING,
  type BatchingOptions,
  BUCKETING,
  type BucketOptions,
  batchCount,
  buckets,
  checkBatching,
  cut,
  orderOf,
} from "./bucket.ts";
import { checkIds, checkList, checkTensor, describe, type OptionNames } from "./check.ts";
import { generatorOf } from "./random-source.ts";

/**
 * Batches that can be iterated any number of times, in a new order each time if they are shuffled.
 *
 * @public
 */
export interface Batches<Batch> extends Iterable<Batch> {
  /** Number of batches per pass. */
  readonly length: number;
  /** The generator that orders are drawn from; `null` without shuffling. Checkpoints of {@link fit} include its state. */
  readonly generator: Generator | null;
}

/**
 * A padded block of sequences.
 *
 * @public
 */
export interface SequenceBatch {
  /** Token ids, int32 `[N, L]`, padded on the right; L is the length of the longest sequence, at least 1. */
  readonly ids: Tensor;
  /** Length of each sequence, `[N]`. */
  readonly lengths: Int32Array;
  /** Targets of the sequences, `[N, ...]`. */
  readonly targets: Tensor;
  /** Position of each sequence in the data. */
  readonly indices: Int32Array;
  /** Number of sequences N. */
  readonly size: number;
}

/**
 * Options of {@link sequenceBatches}.
 *
 * @public
 */
export interface SequenceBatchesOptions extends BucketOptions {
  /** Id that pads shorter sequences. Default 0. */
  padIndex?: number | undefined;
}

const SEQUENCE_BATCHES: OptionNames<SequenceBatchesOptions> = { ...BUCKETING, padIndex: true };

/**
 * Batches of token sequences: similar lengths together, padded to the longest of the batch.
 *
 * @remarks
 * Every pass through the batches draws a new order (see {@link bucketByLength}); two runs from the same seed draw the
 * same orders. `shuffle: false` is for evaluation.
 *
 * @param sequences - token ids of every sample
 * @param targets - target of every sample, `[samples, ...]`
 * @throws TypeError if the targets are not a tensor, a sequence is not a list, or for an unknown option.
 * @throws RangeError if a sequence has an id that is not an int32, or `batchSize` is not a whole number of at least 1.
 * @throws ShapeError if there are fewer or more targets than sequences.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { sequenceBatches } from "@rnn/train";
 *
 * const batches = sequenceBatches([[4, 7, 2], [5], [3, 6]], tensor([1, 0, 1]), { batchSize: 2, shuffle: false });
 * const [first] = [...batches];
 * first?.ids.toArray(); // => [[5, 0], [3, 6]]
 * first?.lengths; // => [1, 2]
 * first?.targets.toArray(); // => [0, 1]
 * ```
 *
 * @public
 */
export function sequenceBatches(
  sequences: readonly ArrayLike<number>[],
  targets: Tensor,
  options: SequenceBatchesOptions,
): Batches<SequenceBatch> {
  const where = "sequenceBatches";
  checkBatching(where, options, SEQUENCE_BATCHES);
  const { padIndex = 0, batchSize, dropLast = false, shuffle = true } = options;
  if (padIndex !== padIndex >> 0) {
    throw new RangeError(`${where}: padIndex must be an int32, got ${describe(padIndex)}`);
  }
  checkList(where, "sequences", sequences, "sequences");
  sequences.forEach((ids, position) => {
    checkIds(where, `sequence ${position}`, ids);
  });
  checkTargets(where, targets, sequences.length, "sequences");
  const lengths = Int32Array.from(sequences, ({ length }) => length);
  const generator = shuffle ? generatorOf(where, options) : null;
  return {
    generator,
    length: batchCount(sequences.length, batchSize, dropLast),
    *[Symbol.iterator]() {
      for (const indices of buckets(lengths, options, generator)) {
        const rows = Array.from(indices, (i) => sequences[i]!);
        yield { ...pad(rows, padIndex), targets: pick(targets, indices), indices, size: indices.length };
      }
    },
  };
}

/**
 * A batch of samples of one shape.
 *
 * @public
 */
export interface TensorBatch {
  /** Inputs, `[N, ...]`. */
  readonly inputs: Tensor;
  /** Targets, `[N, ...]`. */
  readonly targets: Tensor;
  /** Position of each sample in the data. */
  readonly indices: Int32Array;
  /** Number of samples N. */
  readonly size: number;
}

/**
 * Batches of samples that all have the same shape, such as windows of a time series.
 *
 * @remarks
 * Every pass draws a new order unless `shuffle` is `false`.
 *
 * @param inputs - the samples, `[samples, ...]`
 * @param targets - target of every sample, `[samples, ...]`
 * @throws TypeError if inputs or targets are not tensors, or for an unknown option.
 * @throws RangeError if `batchSize` is not a whole number of at least 1.
 * @throws ShapeError if there are fewer or more targets than samples.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { tensorBatches } from "@rnn/train";
 *
 * const batches = tensorBatches(tensor([[1, 2], [3, 4], [5, 6]]), tensor([7, 8, 9]), { batchSize: 2, shuffle: false });
 * const [, last] = [...batches];
 * last?.inputs.toArray(); // => [[5, 6]]
 * ```
 *
 * @public
 */
export function tensorBatches(
  inputs: Tensor,
  targets: Tensor,
  options: BatchingOptions,
): Batches<TensorBatch> {
  const where = "tensorBatches";
  checkBatching(where, options, BATCHING);
  const { batchSize, dropLast = false, shuffle = true } = options;
  checkTensor(where, "inputs", inputs);
  const samples = inputs.shape[0] ?? 0;
  checkTargets(where, targets, samples, "inputs");
  const generator: Generator | null = shuffle ? generatorOf(where, options) : null;
  return {
    generator,
    length: batchCount(samples, batchSize, dropLast),
    *[Symbol.iterator]() {
      for (const indices of cut(orderOf(samples, generator), batchSize, dropLast)) {
        yield {
          inputs: pick(inputs, indices),
          targets: pick(targets, indices),
          indices,
          size: indices.length,
        };
      }
    },
  };
}

/** Rows as a block [N, L], padded with `padIndex`. */
export function pad(
  rows: readonly ArrayLike<number>[],
  padIndex: number,
): { ids: Tensor; lengths: Int32Array } {
  const lengths = Int32Array.from(rows, ({ length }) => length);
  const width = lengths.reduce((longest, length) => Math.max(longest, length), 1);
  const ids = new Int32Array(rows.length * width).fill(padIndex);
  for (const [n, row] of rows.entries()) ids.set(row, n * width);
  return { ids: new Tensor(ids, [rows.length, width]), lengths };
}

/** The rows of `x` at `indices`. */
function pick(x: Tensor, indices: Int32Array): Tensor {
  return indexSelect(x, 0, new Tensor(indices, [indices.length]));
}

function checkTargets(where: string, targets: Tensor, samples: number, of: string): void {
  checkTensor(where, "targets", targets);
  if (targets.shape[0] === samples) return;
  throw new ShapeError(`${where}: got ${samples} ${of}, but targets of shape [${targets.shape.join(",")}]`);
}
