import { checkOptions } from "../check.ts";
import { checkFractions } from "../check-fractions.ts";
import { generatorOf, RANDOM_SOURCE, type RandomSource } from "../random-source.ts";
import { type Groups, membersOfGroups, sorted } from "./groups.ts";

/**
 * Divides samples at random into parts, such as training, validation and test, without tearing groups apart.
 *
 * @remarks
 * Every sample is in exactly one part, and every group too. In random order, each group goes to the part that is furthest from
 * its share, so the shares are met as closely as the sizes of the groups allow.
 *
 * @param groups - the group of every sample
 * @param fractions - the share of each part; they add up to 1
 * @returns for each part the positions of its samples, increasing
 * @throws TypeError if `groups` or `fractions` is not a list, or for an unknown option.
 * @throws RangeError if a fraction is negative, they do not add up to 1, or a part with a fraction above 0 would be empty.
 *
 * @example
 * ```ts
 * import { groupSplit } from "@rnn/train/data";
 *
 * const texts = ["good", "bad", "good", "fine", "bad", "fine"]; // duplicates must not be in both parts
 * const [train, test] = groupSplit(texts, [2 / 3, 1 / 3], { seed: 0 });
 * [train.length, test.length]; // => [4, 2]
 * ```
 *
 * @public
 */
export function groupSplit<const Fractions extends readonly number[]>(
  groups: Groups,
  fractions: Fractions,
  source: RandomSource = {},
): { -readonly [Part in keyof Fractions]: Int32Array } {
  const where = "groupSplit";
  checkFractions(where, fractions);
  checkOptions(where, source, RANDOM_SOURCE);
  const units = membersOfGroups(where, groups, generatorOf(where, source));
  const parts: number[][] = fractions.map(() => []);
  for (const group of units) {
    const missing = (part: number) => fractions[part]! * groups.length - parts[part]!.length;
    const neediest = [...parts.keys()].reduce((most, part) => (missing(part) > missing(most) ? part : most));
    parts[neediest]!.push(...group);
  }
  fractions.forEach((fraction, part) => {
    if (fraction > 0 && parts[part]!.length === 0) {
      throw new RangeError(
        `${where}: part ${part} with fraction ${fraction} of ${units.length} groups would be empty`,
      );
    }
  });
  return parts.map(sorted) as { -readonly [Part in keyof Fractions]: Int32Array };
}
