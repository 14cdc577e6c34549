import { Heap } from "./heap.ts";

/** The two symbols that become one; bytes are the symbols 0 to 255, merge `i` makes the symbol `256 + i`. */
export type Merge = readonly [left: number, right: number];

/** How many symbols bytes make. */
export const NUM_BYTES = 256;

/** The longest token in bytes, so that a short file cannot describe tokens of any length: each merge may double it. */
export const LONGEST_TOKEN = 256;

/** A key for a pair of symbols, unique below 2^24 symbols. */
export function pairKey(left: number, right: number): number {
  return left * 0x1000000 + right;
}

/** Neighbouring symbols that occur somewhere. */
interface Pair {
  readonly left: number;
  readonly right: number;
  /** How often they occur, pieces weighted by how often these do. */
  count: number;
  /** The count when the pair was put into the queue: at least `count`, since a pair in it never gains. */
  queued: number;
  /** Where the left one is or was, ascending; the pair may have gone from there since. */
  readonly places: number[];
}

/**
 * Learns at most `limit` merges: each time the most frequent pair becomes one symbol, in all pieces at once.
 *
 * Of equally frequent pairs the one with the smaller left symbol, then the smaller right symbol is taken, so the
 * order of the pieces does not matter. Pairs that occur less than `minFrequency` times are not merged, nor those that
 * make a token longer than {@link LONGEST_TOKEN}. In "aaa" the pair "aa" counts twice, and is merged once, from the
 * left.
 *
 * Only what a merge changes is counted again. All pieces lie in one array, linked to their neighbours, and each pair
 * knows its places, so the time grows with the number of places that change, whatever the lengths of the pieces.
 */
export function learnMerges(
  pieces: Iterable<readonly [bytes: Uint8Array, count: number]>,
  limit: number,
  minFrequency: number,
): Merge[] {
  const table = new SymbolTable(pieces);
  const lengths = new Array<number>(NUM_BYTES).fill(1);
  const merges: Merge[] = [];
  while (merges.length < limit) {
    const pair = table.mostFrequent();
    if (pair === undefined || pair.count < minFrequency) break;
    const { left, right } = pair;
    const length = lengths[left]! + lengths[right]!;
    if (length > LONGEST_TOKEN) continue;
    table.merge(pair, NUM_BYTES + merges.length);
    merges.push([left, right]);
    lengths.push(length);
  }
  return merges;
}

/** The symbols of all pieces, and the pairs they make. */
class SymbolTable {
  readonly #symbols: Int32Array;
  // places of the neighbours in the same piece, or -1
  readonly #previous: Int32Array;
  readonly #next: Int32Array;
  // how often the piece at each place occurs
  readonly #weights: Float64Array;
  readonly #pairs: Map<number, Pair> = new Map();
  readonly #queue: Heap<Pair> = new Heap(comesBefore);

  constructor(pieces: Iterable<readonly [bytes: Uint8Array, count: number]>) {
    const list = [...pieces];
    const size = list.reduce((sum, [bytes]) => sum + bytes.length, 0);
    this.#symbols = new Int32Array(size);
    this.#previous = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(size).fill(-1);
    this.#weights = new Float64Array(size);
    const made: Pair[] = [];
    let start = 0;
    for (const [bytes, count] of list) {
      this.#symbols.set(bytes, start);
      const end = start + bytes.length;
      this.#weights.fill(count, start, end);
      for (let i = start; i + 1 < end; i++) {
        this.#next[i] = i + 1;
        this.#previous[i + 1] = i;
        this.#gain(i, this.#symbols[i]!, this.#symbols[i + 1]!, made);
      }
      start = end;
    }
    for (const pair of made) this.#enqueue(pair);
  }

  /** Takes the most frequent pair out of the queue. */
  mostFrequent(): Pair | undefined {
    for (;;) {
      const pair = this.#queue.pop();
      if (pair === undefined || pair.count === pair.queued) return pair;
      this.#enqueue(pair); // it has lost places since it was put in
    }
  }

  /** Makes `symbol` of the pair wherever it occurs. */
  merge({ left, right, places }: Pair, symbol: number): void {
    const symbols = this.#symbols;
    const next = this.#next;
    const made: Pair[] = [];
    this.#pairs.delete(pairKey(left, right));
    for (const place of places) {
      const second = next[place]!;
      if (symbols[place] !== left || second === -1 || symbols[second] !== right) continue;
      const before = this.#previous[place]!;
      const after = next[second]!;
      if (before !== -1) {
        this.#lose(place, symbols[before]!, left);
        this.#gain(before, symbols[before]!, symbol, made);
      }
      if (after !== -1) {
        this.#lose(place, right, symbols[after]!);
        this.#gain(place, symbol, symbols[after]!, made);
        this.#previous[after] = place;
      }
      symbols[place] = symbol;
      symbols[second] = -1;
      next[place] = after;
    }
    for (const pair of made) this.#enqueue(pair);
  }

  #enqueue(pair: Pair): void {
    pair.queued = pair.count;
    this.#queue.push(pair);
  }

  #gain(place: number, left: number, right: number, made: Pair[]): void {
    const key = pairKey(left, right);
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = { left, right, count: 0, queued: 0, places: [] };
      this.#pairs.set(key, pair);
      made.push(pair);
    }
    pair.count += this.#weights[place]!;
    pair.places.push(place);
  }

  #lose(place: number, left: number, right: number): void {
    const pair = this.#pairs.get(pairKey(left, right));
    if (pair !== undefined) pair.count -= this.#weights[place]!;
  }
}

function comesBefore(a: Pair, b: Pair): boolean {
  if (a.queued !== b.queued) return a.queued > b.queued;
  return a.left !== b.left ? a.left < b.left : a.right < b.right;
}
