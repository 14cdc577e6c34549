import { Heap } from "./heap.ts";
import { type Merge, NUM_BYTES, pairKey } from "./learn-merges.ts";

/** The place of each merge in the list, by {@link pairKey}. */
export function ranksOf(merges: readonly Merge[]): Map<number, number> {
  return new Map(merges.map(([left, right], rank) => [pairKey(left, right), rank]));
}

/**
 * Merges the bytes of a piece as learning did: earlier merges first, each from the left.
 *
 * Takes the next merge from a queue, so the time is n log n in the length of the piece, however long that is.
 */
export function applyMerges(bytes: Uint8Array, ranks: ReadonlyMap<number, number>): number[] {
  const symbols = Int32Array.from(bytes);
  const previous = symbols.map((_, i) => i - 1);
  const next = symbols.map((_, i) => (i + 1 < symbols.length ? i + 1 : -1));
  const queue = new Heap<{ rank: number; place: number }>(comesBefore);
  const enqueue = (place: number): void => {
    if (place === -1 || next[place] === -1) return;
    const rank = ranks.get(pairKey(symbols[place]!, symbols[next[place]!]!));
    if (rank !== undefined) queue.push({ rank, place });
  };
  for (let i = 0; i + 1 < symbols.length; i++) enqueue(i);
  for (let step = queue.pop(); step !== undefined; step = queue.pop()) {
    const { rank, place } = step;
    const second = next[place]!;
    // the pair may have gone from this place since; a symbol that was merged away is part of none
    if (second === -1) continue;
    if (ranks.get(pairKey(symbols[place]!, symbols[second]!)) !== rank) continue;
    symbols[place] = NUM_BYTES + rank;
    symbols[second] = -1;
    next[place] = next[second]!;
    if (next[place] !== -1) previous[next[place]!] = place;
    enqueue(previous[place]!);
    enqueue(place);
  }
  return [...symbols].filter((symbol) => symbol !== -1);
}

function comesBefore(a: { rank: number; place: number }, b: { rank: number; place: number }): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.place < b.place;
}
