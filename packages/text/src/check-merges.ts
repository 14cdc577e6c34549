import { isIterableObject } from "./checks.ts";
import { LONGEST_TOKEN, type Merge, NUM_BYTES, pairKey } from "./learn-merges.ts";
import { show } from "./show.ts";

/** How many symbols {@link pairKey} can tell apart. */
const MOST_SYMBOLS = 0x1000000;

/**
 * Copies merges that may come from a stranger.
 *
 * @throws TypeError unless they are pairs of integers.
 * @throws RangeError if one joins what is not made before it, joins a pair again, or makes too long a token.
 */
export function checkedMerges(where: string, merges: unknown): Merge[] {
  if (!isIterableObject(merges)) {
    throw new TypeError(`${where}: merges must be a list of pairs, got ${show(merges)}`);
  }
  const checked: Merge[] = [];
  const lengths = new Array<number>(NUM_BYTES).fill(1);
  const ranks = new Map<number, number>();
  for (const merge of merges) {
    const i = checked.length;
    const [left, right] = checkedPair(where, i, merge);
    const first = ranks.get(pairKey(left, right));
    if (first !== undefined) {
      throw new RangeError(`${where}: merges ${first} and ${i} are both [${left}, ${right}]`);
    }
    const length = lengths[left]! + lengths[right]!;
    if (length > LONGEST_TOKEN) {
      throw new RangeError(
        `${where}: merge ${i} makes a token of ${length} bytes; ${LONGEST_TOKEN} is the most`,
      );
    }
    ranks.set(pairKey(left, right), i);
    lengths.push(length);
    checked.push([left, right]);
  }
  return checked;
}

function checkedPair(where: string, i: number, merge: unknown): Merge {
  if (!Array.isArray(merge) || merge.length !== 2) {
    throw new TypeError(`${where}: merge ${i} must be a pair of symbols, got ${show(merge)}`);
  }
  const symbols = Math.min(NUM_BYTES + i, MOST_SYMBOLS);
  for (const symbol of merge as unknown[]) {
    if (Number.isInteger(symbol) && (symbol as number) >= 0 && (symbol as number) < symbols) continue;
    throw new RangeError(
      `${where}: merge ${i} must join integers in 0..${symbols - 1}, what bytes and earlier merges make, got ${show(symbol)}`,
    );
  }
  return [merge[0], merge[1]];
}
