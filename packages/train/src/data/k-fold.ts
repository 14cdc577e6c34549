import { orderOf } from "../bucket.ts";
import { checkBoolean, checkInteger, checkOptions, type OptionNames } from "../check.ts";
import { generatorOf, RANDOM_SOURCE, type RandomSource } from "../random-source.ts";
import { type Groups, membersOfGroups, sorted } from "./groups.ts";

/**
 * Options of {@link kFold}.
 *
 * @public
 */
export interface KFoldOptions extends RandomSource {
  /** Keep the samples of a group in one fold. */
  groups?: Groups | undefined;
  /**
   * Draw the folds at random; otherwise they follow the order of the samples. Default: only if there is a `seed` or a `generator`.
   * Shuffle samples that are sorted, by class for example.
   */
  shuffle?: boolean | undefined;
}

const OPTIONS: OptionNames<KFoldOptions> = { ...RANDOM_SOURCE, groups: true, shuffle: true };

/**
 * One way of dividing samples into those to learn from and those to judge by.
 *
 * @public
 */
export interface Fold {
  /** Positions of the samples to learn from, increasing. */
  readonly train: Int32Array;
  /** Positions of the samples to judge by, increasing. */
  readonly test: Int32Array;
}

/**
 * Divides `n` samples `k` times, so that every sample is once among those to judge by: cross-validation.
 *
 * @remarks
 * Folds differ by at most one sample, the first ones being larger. With `groups` a fold has whole groups: the largest go first,
 * each to the smallest fold, as in scikit-learn's `GroupKFold`. Nothing is random unless it is asked for, as in scikit-learn.
 *
 * @param n - number of samples
 * @param k - number of folds, at least 2
 * @throws TypeError for an option of another kind or an unknown one, or a seed or generator beside `shuffle: false`.
 * @throws RangeError if there are fewer samples (or groups) than folds, or `groups` is not of length `n`.
 *
 * @example
 * ```ts
 * import { kFold } from "@rnn/train/data";
 *
 * const folds = kFold(5, 2);
 * folds.map(({ test }) => test); // => [[0, 1, 2], [3, 4]]
 * const speakers = ["ann", "bob", "ann", "cem", "bob"];
 * kFold(5, 2, { seed: 1 }).map(({ test }) => test); // => [[0, 2, 4], [1, 3]]
 * kFold(5, 3, { groups: speakers }).map(({ test }) => test); // => [[0, 2], [1, 4], [3]]
 * ```
 *
 * @public
 */
export function kFold(n: number, k: number, options: KFoldOptions = {}): Fold[] {
  const where = "kFold";
  checkInteger(where, "n", n, 0);
  checkInteger(where, "k", k, 2);
  checkOptions(where, options, OPTIONS);
  const { groups, seed, generator: given } = options;
  const { shuffle = seed !== undefined || given !== undefined } = options;
  checkBoolean(where, "shuffle", shuffle);
  if (!shuffle && (seed !== undefined || given !== undefined)) {
    const name = seed === undefined ? "generator" : "seed";
    throw new TypeError(
      `${where}: got ${name} with shuffle: false, which draws nothing; leave out one of them`,
    );
  }
  const generator = shuffle ? generatorOf(where, options) : null;
  if (groups !== undefined && groups.length !== n) {
    throw new RangeError(`${where}: got ${groups.length} groups for ${n} samples`);
  }
  const units =
    groups === undefined
      ? Array.from(orderOf(n, generator), (i) => [i])
      : membersOfGroups(where, groups, generator);
  if (units.length < k) {
    throw new RangeError(
      `${where}: ${units.length} ${groups === undefined ? "samples" : "groups"} are too few for ${k} folds`,
    );
  }
  const tests = groups === undefined ? stretches(units.flat(), k) : balanced(units, k);
  return tests.map((test) => {
    const isTest = new Set(test);
    const train = Array.from({ length: n }, (_, i) => i).filter((i) => !isTest.has(i));
    return { train: sorted(train), test: sorted(test) };
  });
}

/** Cuts an order into stretches, the first ones larger by one if it does not divide. */
function stretches(order: readonly number[], k: number): number[][] {
  let start = 0;
  return Array.from({ length: k }, (_, fold) => {
    const size = Math.floor(order.length / k) + Number(fold < order.length % k);
    return order.slice(start, (start += size));
  });
}

/** Deals groups out, the largest first, each to the fold with the fewest samples. */
function balanced(groups: readonly number[][], k: number): number[][] {
  const folds: number[][] = Array.from({ length: k }, () => []);
  for (const group of [...groups].sort((a, b) => b.length - a.length)) {
    const smallest = folds.reduce((least, fold) => (fold.length < least.length ? fold : least));
    smallest.push(...group);
  }
  return folds;
}
