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
 * `start` and `end` count UTF-16 units, so `source.slice(start, end)` is that part; `text` is what a tokenizer
 * made of it, for example lower-cased.
 *
 * @public
 */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
