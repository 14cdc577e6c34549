import { checkInteger, checkTokens } from "./checks.ts";

/**
 * The tokens, then every two neighbours joined by a space, and so on up to `n` neighbours.
 *
 * @remarks
 * Of `L` tokens there are `L - k + 1` n-grams of length `k`. As torchtext's `ngrams_iterator`.
 *
 * @throws TypeError if `tokens` is not a list.
 * @throws RangeError if `n` is not a positive integer.
 *
 * @example
 * ```ts
 * import { ngramsIterator } from "@rnn/text";
 *
 * [...ngramsIterator(["not", "a", "film"], 2)]; // => ["not", "a", "film", "not a", "a film"]
 * ```
 *
 * @public
 */
export function ngramsIterator(tokens: Iterable<string>, n: number): IterableIterator<string> {
  checkTokens("ngramsIterator", "tokens", tokens);
  checkInteger("ngramsIterator", "n", n, 1);
  return ngrams([...tokens], 1, n, " ");
}

/** The n-grams of `least` to `most` tokens, the shorter first. */
export function* ngrams(
  tokens: readonly string[],
  least: number,
  most: number,
  joiner: string,
): Generator<string> {
  for (let n = least; n <= Math.min(most, tokens.length); n++) {
    for (let start = 0; start + n <= tokens.length; start++) {
      yield n === 1 ? (tokens[start] as string) : tokens.slice(start, start + n).join(joiner);
    }
  }
}
