/**
 * Splits a text into tokens.
 *
 * @public
 */
export type Tokenizer = (text: string) => string[];

/**
 * A token and the part of the original text that it came from.
 *
 * @remarks
 * Places count UTF-16 units, so `source.slice(start, end)` is that part; `text` is what the tokenizer made of it,
 * for example lower-cased.
 *
 * @public
 */
export interface Token {
  /** The token. */
  readonly text: string;
  /** Where its first character is in the original text. */
  readonly start: number;
  /** Where its last character ends in the original text. */
  readonly end: number;
}
