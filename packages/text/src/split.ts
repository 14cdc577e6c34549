import { checkText } from "./checks.ts";
import { PYTHON_SPACES } from "./whitespace.ts";

/**
 * Splits at whitespace and keeps everything else, as Python's `text.split()`.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { splitWhitespace } from "@rnn/text";
 *
 * splitWhitespace(" A string,  with\tspaces. "); // => ["A", "string,", "with", "spaces."]
 * ```
 *
 * @public
 */
export function splitWhitespace(text: string): string[] {
  checkText("splitWhitespace", text);
  return text.split(PYTHON_SPACES).filter((token) => token !== "");
}

/**
 * Words of two or more letters, digits or underscores; everything else separates.
 *
 * @remarks
 * The default token pattern of scikit-learn's `CountVectorizer`, `\b\w\w+\b`, with Python's `\w`. Case is kept;
 * {@link CountVectorizer} lower-cases first.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { splitWords } from "@rnn/text";
 *
 * splitWords("I can't: it's file-like."); // => ["can", "it", "file", "like"]
 * ```
 *
 * @public
 */
export function splitWords(text: string): string[] {
  checkText("splitWords", text);
  return text.match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
}

/**
 * Every character of a text, spaces too.
 *
 * @remarks
 * A character is a code point, as Python's `list(text)` has them: an emoji of one code point is one token, one of
 * several is several, and a lone surrogate is a token as well. Joining the tokens gives the text back.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { splitCharacters } from "@rnn/text";
 *
 * splitCharacters("No \u{1f600}"); // => ["N", "o", " ", "\u{1f600}"]
 * ```
 *
 * @public
 */
export function splitCharacters(text: string): string[] {
  checkText("splitCharacters", text);
  return [...text];
}
