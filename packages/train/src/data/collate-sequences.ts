import { type DType, stack, Tensor, tensor } from "@rnn/tensor";
import { pad, type SequenceBatch } from "../batches.ts";
import { checkIds, checkList, checkOptions, describe, type OptionNames } from "../check.ts";

/**
 * A sequence of token ids with its target.
 *
 * @public
 */
export interface SequenceSample {
  /** Token ids. */
  readonly ids: ArrayLike<number>;
  /** What is to be learned about them: a number, or a tensor of one shape for all. */
  readonly target: number | Tensor;
}

/**
 * Options of {@link collateSequences}.
 *
 * @public
 */
export interface CollateOptions {
  /** Id that fills a row up. Default 0. */
  padIndex?: number | undefined;
  /** Kind of the targets that are numbers: `"int32"` for classes. Default `"float32"`. */
  targetDType?: DType | undefined;
}

const OPTIONS: OptionNames<CollateOptions> = { padIndex: true, targetDType: true };

/**
 * Makes a padded batch of sequences, with their lengths.
 *
 * @param samples - sequences with their targets, at least one
 * @throws TypeError if a sequence is not a list, or for an unknown option.
 * @throws RangeError if there are no samples, or an id is not an int32.
 *
 * @example
 * ```ts
 * import { collateSequences } from "@rnn/train/data";
 *
 * const batch = collateSequences([{ ids: [4, 7, 2], target: 1 }, { ids: [5], target: 0 }]);
 * batch.ids.toArray(); // => [[4, 7, 2], [5, 0, 0]]
 * batch.lengths; // => [3, 1]
 * batch.targets.toArray(); // => [1, 0]
 * ```
 *
 * @public
 */
export function collateSequences(
  samples: readonly SequenceSample[],
  options: CollateOptions = {},
): Omit<SequenceBatch, "indices"> {
  const where = "collateSequences";
  checkOptions(where, options, OPTIONS);
  const { padIndex = 0, targetDType = "float32" } = options;
  checkList(where, "samples", samples, "samples");
  if (samples.length === 0) throw new RangeError(`${where}: there are no samples`);
  if (padIndex !== padIndex >> 0) {
    throw new RangeError(`${where}: padIndex must be an int32, got ${describe(padIndex)}`);
  }
  samples.forEach(({ ids }, n) => {
    checkIds(where, `samples[${n}].ids`, ids);
  });
  const rows = samples.map(({ ids }) => ids);
  const targets = samples.map(({ target }) =>
    target instanceof Tensor ? target : tensor(target, { dtype: targetDType }),
  );
  return { ...pad(rows, padIndex), targets: stack(targets), size: samples.length };
}
