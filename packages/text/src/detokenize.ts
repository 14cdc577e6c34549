import { checkTokens } from "./checks.ts";

const CLINGS_TO_WHAT_PRECEDES = new Set([".", ",", "!", "?", ")", ";", ":", "'"]);
const CLINGS_TO_WHAT_FOLLOWS = new Set(["(", "'"]);

/**
 * Joins tokens to a text that people can read.
 *
 * @remarks
 * Tokens are joined by a space, but for punctuation: none before `. , ! ? ) ; :`, none after `(`, none around `'`.
 * What {@link basicEnglish} dropped (case, quotation marks, spacing) does not come back. `basicEnglish` gives the
 * same tokens for the result, unless one that ends in `<br` is followed by one that begins with `/>`.
 *
 * @throws TypeError if `tokens` is not a list.
 *
 * @example
 * ```ts
 * import { basicEnglish, detokenize } from "@rnn/text";
 *
 * const tokens = basicEnglish("It's good (mostly), isn't it?");
 * detokenize(tokens); // => "it's good (mostly), isn't it?"
 * ```
 *
 * @public
 */
export function detokenize(tokens: Iterable<string>): string {
  checkTokens("detokenize", "tokens", tokens);
  let text = "";
  let glued = true;
  for (const token of tokens) {
    text += glued || CLINGS_TO_WHAT_PRECEDES.has(token) ? token : ` ${token}`;
    glued = CLINGS_TO_WHAT_FOLLOWS.has(token);
  }
  return text;
}
