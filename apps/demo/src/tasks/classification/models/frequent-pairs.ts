import { PADDING, UNKNOWN } from "../model.ts";

/** Times a pair must occur: what was seen once or twice would be learned by heart. */
const FEWEST_OCCURRENCES = 3;

/**
 * The most frequent pairs of neighbouring words, the most frequent first. Unknown words make no pairs.
 *
 * @param texts - Ids of the words of each text.
 * @param most - How many pairs at most.
 * @returns the ids of both words of the first pair, of the second, and so on.
 */
export function frequentPairs(texts: readonly Int32Array[], most: number): number[] {
  if (most === 0) return [];
  const counts = new Map<number, Map<number, number>>();
  for (const ids of texts) {
    for (let i = 1; i < ids.length; i++) {
      const first = ids[i - 1]!;
      const second = ids[i]!;
      if (!isWord(first) || !isWord(second)) continue;
      const after = counts.get(first);
      if (after === undefined) counts.set(first, new Map([[second, 1]]));
      else after.set(second, (after.get(second) ?? 0) + 1);
    }
  }
  const found: { pair: readonly number[]; count: number }[] = [];
  for (const [first, after] of counts) {
    for (const [second, count] of after) {
      if (count >= FEWEST_OCCURRENCES) found.push({ pair: [first, second], count });
    }
  }
  found.sort((a, b) => b.count - a.count);
  return found.slice(0, most).flatMap(({ pair }) => pair);
}

function isWord(id: number): boolean {
  return id !== UNKNOWN && id !== PADDING;
}
