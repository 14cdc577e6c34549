import { Tensor } from "@rnn/tensor";

/** The row of everything that is not one of the pairs; its vector is zero. */
export const NO_PAIR = 0;

/** Finds the pairs of neighbouring words that have vectors of their own. */
export class WordPairs {
  /** How many pairs there are. */
  readonly count: number;
  /** Rows by the first word, then by the second. */
  readonly #rows = new Map<number, Map<number, number>>();

  /** @param pairs - Ids of both words of the first pair, of the second, and so on. */
  constructor(pairs: readonly number[]) {
    this.count = pairs.length / 2;
    for (let pair = 0; pair < this.count; pair++) {
      const first = pairs[2 * pair]!;
      const rows = this.#rows.get(first);
      const row = pair + 1; // after NO_PAIR
      if (rows === undefined) this.#rows.set(first, new Map([[pairs[2 * pair + 1]!, row]]));
      else rows.set(pairs[2 * pair + 1]!, row);
    }
  }

  /**
   * The row of the pair that each word makes with the word before it, or {@link NO_PAIR}.
   *
   * @param ids - Words `[N, L]`, int32.
   * @returns rows `[N, L]`, int32.
   */
  of(ids: Tensor): Tensor {
    const [N, L] = ids.shape as [number, number];
    const { data } = ids.contiguous();
    const rows = new Int32Array(N * L).fill(NO_PAIR);
    for (let n = 0; n < N; n++) {
      for (let i = n * L + 1; i < (n + 1) * L; i++) {
        rows[i] = this.#rows.get(data[i - 1]!)?.get(data[i]!) ?? NO_PAIR;
      }
    }
    return new Tensor(rows, ids.shape);
  }
}
