import { type Generator, randperm } from "@rnn/tensor";
import { checkList } from "../check.ts";

/**
 * For every sample the group that it belongs to, `[n]`: a speaker, a patient, an author, or the text itself if there may be
 * duplicates. Samples of one group stay together, so that none of them is a hint for another.
 *
 * @public
 */
export type Groups = ArrayLike<string | number>;

/** The samples of each group, in random order, or in that of their first samples without a generator. */
export function membersOfGroups(where: string, groups: Groups, generator: Generator | null): number[][] {
  checkList(where, "groups", groups, "groups");
  const members = new Map<string | number, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    const list = members.get(group);
    if (list === undefined) members.set(group, [i]);
    else list.push(i);
  }
  const lists = [...members.values()];
  if (generator === null) return lists;
  return Array.from(randperm(lists.length, { generator }).data, (k) => lists[k]!);
}

/** Positions in increasing order. */
export function sorted(positions: readonly number[]): Int32Array {
  return Int32Array.from(positions).sort();
}
