import { scanBasicEnglish } from "./basic-english-scan.ts";
import { checkText } from "./checks.ts";
import { sourceOffsets } from "./lower-case.ts";
import type { Token } from "./tokenizer.ts";

/**
 * Lower-cases English text and splits it into words and punctuation, as torchtext's `basic_english`.
 *
 * @remarks
 * `. , ! ? ( ) '` are tokens of their own; `" ; :` and `<br />` are not tokens, and of these a `"` inside a word
 * vanishes (`a"b` is one token `ab`) while the others separate. Everything else is split at whitespace only, in
 * Python's sense of the word.
 * Source: `torchtext.data.utils.get_tokenizer("basic_english")`; the rules, one by one, are the tested reference.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { basicEnglish } from "@rnn/text";
 *
 * basicEnglish("It's bad.<br />Really bad!"); // => ["it", "'", "s", "bad", ".", "really", "bad", "!"]
 * ```
 *
 * @public
 */
export function basicEnglish(text: string): string[] {
  checkText("basicEnglish", text);
  const lower = text.toLowerCase();
  const tokens: string[] = [];
  scanBasicEnglish(lower, (start, end, quoted) => {
    tokens.push(tokenText(lower, start, end, quoted));
  });
  return tokens;
}

/**
 * The tokens of {@link basicEnglish} with the place in the original text that each came from.
 *
 * @remarks
 * Places count UTF-16 units of the text that was passed in, also where lower-casing changes its length
 * (U+0130 becomes two units). They run from the first to the last character kept, so they include a `"` that was
 * dropped inside a word.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { basicEnglishWithOffsets } from "@rnn/text";
 *
 * const text = "Don't";
 * const tokens = basicEnglishWithOffsets(text);
 * tokens.map((token) => token.text); // => ["don", "'", "t"]
 * tokens.map(({ start, end }) => text.slice(start, end)); // => ["Don", "'", "t"]
 * ```
 *
 * @public
 */
export function basicEnglishWithOffsets(text: string): Token[] {
  checkText("basicEnglishWithOffsets", text);
  const lower = text.toLowerCase();
  const source = sourceOffsets(text, lower);
  const tokens: Token[] = [];
  scanBasicEnglish(lower, (start, end, quoted) => {
    tokens.push({ text: tokenText(lower, start, end, quoted), start: source(start), end: source(end) });
  });
  return tokens;
}

function tokenText(lower: string, start: number, end: number, quoted: boolean): string {
  const text = lower.slice(start, end);
  return quoted ? text.replaceAll('"', "") : text;
}
