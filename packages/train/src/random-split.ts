import { randperm } from "@rnn/tensor";
import { checkInteger, checkOptions } from "./check.ts";
import { checkFractions } from "./check-fractions.ts";
import { generatorOf, RANDOM_SOURCE, type RandomSource } from "./random-source.ts";

/**
 * Divides `n` samples at random into parts, such as training, validation and test.
 *
 * @remarks
 * Every sample is in exactly one part. Part k gets ⌊n · fraction_k⌋ samples; what is left over goes one by one to the
 * first parts. The same seed gives the same parts, those of `torch.utils.data.random_split`.
 *
 * @param n - number of samples
 * @param fractions - the share of each part; they add up to 1
 * @returns for each part the positions of its samples, 0..n-1, in random order
 * @throws TypeError if `fractions` is not a list, or for an unknown option.
 * @throws RangeError if `n` is not a whole number, a fraction is negative, they do not add up to 1, or a part with a
 * fraction above 0 would be empty.
 *
 * @example
 * ```ts
 * import { randomSplit } from "@rnn/train";
 *
 * const [train, validation, test] = randomSplit(3000, [0.8, 0.1, 0.1], { seed: 0 });
 * [train.length, validation.length, test.length]; // => [2400, 300, 300]
 * ```
 *
 * @public
 */
export function randomSplit<const Fractions extends readonly number[]>(
  n: number,
  fractions: Fractions,
  options: RandomSource = {},
): { -readonly [Part in keyof Fractions]: Int32Array } {
  checkInteger("randomSplit", "n", n, 0);
  checkFractions("randomSplit", fractions);
  checkOptions("randomSplit", options, RANDOM_SOURCE);
  const sizes = partSizes(n, fractions);
  const order = randperm(n, { generator: generatorOf("randomSplit", options) }).data;
  let start = 0;
  const parts = sizes.map((size) => Int32Array.from(order.subarray(start, (start += size))));
  return parts as { -readonly [Part in keyof Fractions]: Int32Array };
}

/** How many samples each part gets. */
function partSizes(n: number, fractions: readonly number[]): number[] {
  const sizes = fractions.map((fraction) => Math.floor(n * fraction));
  let left = n - sizes.reduce((sum, size) => sum + size, 0);
  for (let part = 0; left > 0; part = (part + 1) % sizes.length) {
    if (fractions[part] === 0) continue;
    sizes[part]! += 1;
    left--;
  }
  fractions.forEach((fraction, part) => {
    if (n > 0 && fraction > 0 && sizes[part] === 0) {
      throw new RangeError(
        `randomSplit: part ${part} with fraction ${fraction} of ${n} samples would be empty`,
      );
    }
  });
  return sizes;
}
