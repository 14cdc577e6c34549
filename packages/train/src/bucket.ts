import { type Generator, randperm } from "@rnn/tensor";
import { checkBoolean, checkInteger, checkList, checkOptions, type OptionNames } from "./check.ts";
import { generatorOf, RANDOM_SOURCE, type RandomSource } from "./random-source.ts";

/**
 * How samples are put into batches.
 *
 * @public
 */
export interface BatchingOptions extends RandomSource {
  /** Samples per batch; the last batch may have fewer. */
  batchSize: number;
  /** Draw a new order every time. Default `true`. */
  shuffle?: boolean | undefined;
  /** Leave out a last batch that is not full. Default `false`. */
  dropLast?: boolean | undefined;
}

/**
 * Options of {@link bucketByLength}.
 *
 * @public
 */
export interface BucketOptions extends BatchingOptions {
  /** Batches among which samples are sorted by length: more means less padding and less randomness. Default 50. */
  poolSize?: number | undefined;
}

/** The names of {@link BatchingOptions}. */
export const BATCHING: OptionNames<BatchingOptions> = {
  batchSize: true,
  shuffle: true,
  dropLast: true,
  ...RANDOM_SOURCE,
};

/** The names of {@link BucketOptions}. */
export const BUCKETING: OptionNames<BucketOptions> = { ...BATCHING, poolSize: true };

/**
 * Puts samples of similar length into batches together, so that little of a padded block is padding.
 *
 * The samples are shuffled and dealt into pools of `poolSize` batches; each pool is sorted by length and cut into
 * batches; then the order of all batches is shuffled.
 *
 * @remarks
 * With `shuffle: false` everything is sorted by length, samples of one length in the order given: the least padding,
 * and no random draws.
 *
 * @param lengths - length of every sample
 * @returns for each batch the positions of its samples
 * @throws TypeError if `lengths` is not a list, or for an unknown option.
 * @throws RangeError if a length is not a whole number of at least 0, or `batchSize` or `poolSize` one of at least 1.
 *
 * @example
 * ```ts
 * import { bucketByLength } from "@rnn/train";
 *
 * bucketByLength([5, 1, 6, 2, 7], { batchSize: 2, shuffle: false }); // => [[1, 3], [0, 2], [4]]
 * ```
 *
 * @public
 */
export function bucketByLength(lengths: ArrayLike<number>, options: BucketOptions): Int32Array[] {
  const where = "bucketByLength";
  checkBatching(where, options, BUCKETING);
  checkList(where, "lengths", lengths, "numbers");
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i]! >>> 0 !== lengths[i]) checkInteger(where, `lengths[${i}]`, lengths[i]!, 0);
  }
  return buckets(lengths, options, options.shuffle === false ? null : generatorOf(where, options));
}

/** {@link bucketByLength} with checked arguments; without a generator nothing is shuffled. */
export function buckets(
  lengths: ArrayLike<number>,
  { batchSize, poolSize = 50, dropLast = false }: BucketOptions,
  generator: Generator | null,
): Int32Array[] {
  const order = orderOf(lengths.length, generator);
  const pool = generator === null ? lengths.length : batchSize * poolSize;
  for (let start = 0; start < order.length; start += pool) {
    order.subarray(start, start + pool).sort((a, b) => lengths[a]! - lengths[b]!);
  }
  const batches = cut(order, batchSize, dropLast);
  return generator === null ? batches : Array.from(orderOf(batches.length, generator), (k) => batches[k]!);
}

/** Positions 0..n-1, shuffled if there is a generator. */
export function orderOf(n: number, generator: Generator | null): Int32Array {
  return generator === null
    ? Int32Array.from({ length: n }, (_, i) => i)
    : Int32Array.from(randperm(n, { generator }).data);
}

/** Cuts an order into batches. */
export function cut(order: Int32Array, batchSize: number, dropLast: boolean): Int32Array[] {
  const batches = Array.from({ length: batchCount(order.length, batchSize, dropLast) });
  return batches.map((_, k) => order.slice(k * batchSize, (k + 1) * batchSize));
}

/** Number of batches that `n` samples make. */
export function batchCount(n: number, batchSize: number, dropLast: boolean): number {
  return dropLast ? Math.floor(n / batchSize) : Math.ceil(n / batchSize);
}

/** Throws for options of batches that are of another kind or out of range. */
export function checkBatching(where: string, options: BucketOptions, names: object): void {
  checkOptions(where, options, names);
  const { batchSize, poolSize = 50, shuffle = true, dropLast = false } = options;
  checkInteger(where, "batchSize", batchSize, 1);
  checkInteger(where, "poolSize", poolSize, 1);
  checkBoolean(where, "shuffle", shuffle);
  checkBoolean(where, "dropLast", dropLast);
}
