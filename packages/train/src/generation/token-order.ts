/**
 * Token ids from the highest score to the lowest, one at a time; among equal scores from the lowest id.
 *
 * A heap: the first few of a large vocabulary cost little more than looking at every score once.
 */
export class TokenOrder {
  readonly #scores: Float64Array;
  /** `#ids[i]` stands before `#ids[2 * i + 1]` and `#ids[2 * i + 2]`. */
  readonly #ids: Int32Array;
  #length: number;

  constructor(scores: Float64Array) {
    this.#scores = scores;
    this.#ids = new Int32Array(scores.length).map((_, id) => id);
    this.#length = scores.length;
    for (let i = (this.#length >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  /** The next token; -1 if there is none left. */
  next(): number {
    if (this.#length === 0) return -1;
    const ids = this.#ids;
    const first = ids[0]!;
    ids[0] = ids[--this.#length]!;
    this.#sink(0);
    return first;
  }

  #sink(start: number): void {
    const ids = this.#ids;
    const id = ids[start]!;
    let i = start;
    for (let child = 2 * i + 1; child < this.#length; child = 2 * i + 1) {
      if (child + 1 < this.#length && this.#isBefore(ids[child + 1]!, ids[child]!)) child++;
      if (!this.#isBefore(ids[child]!, id)) break;
      ids[i] = ids[child]!;
      i = child;
    }
    ids[i] = id;
  }

  #isBefore(a: number, b: number): boolean {
    const scoreA = this.#scores[a]!;
    const scoreB = this.#scores[b]!;
    return scoreA === scoreB ? a < b : scoreA > scoreB;
  }
}
