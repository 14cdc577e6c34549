import { basicEnglish } from "./basic-english.ts";
import { show } from "./show.ts";
import { splitCharacters, splitWhitespace, splitWords } from "./split.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * The names that {@link getTokenizer} knows.
 *
 * @public
 */
export type TokenizerName = "basic_english" | "whitespace" | "words" | "characters";

/**
 * The tokenizer of a name, for settings that are stored as text beside a model.
 *
 * `"basic_english"` is {@link basicEnglish}, `"whitespace"` {@link splitWhitespace}, `"words"` {@link splitWords},
 * `"characters"` {@link splitCharacters}.
 *
 * @throws RangeError if the name is none of these.
 *
 * @example
 * ```ts
 * import { getTokenizer } from "@rnn/text";
 *
 * const tokenizer = getTokenizer("basic_english");
 * tokenizer("You can now install it!"); // => ["you", "can", "now", "install", "it", "!"]
 * ```
 *
 * @public
 */
export function getTokenizer(name: TokenizerName): Tokenizer {
  switch (name) {
    case "basic_english":
      return basicEnglish;
    case "whitespace":
      return splitWhitespace;
    case "words":
      return splitWords;
    case "characters":
      return splitCharacters;
    default:
      throw new RangeError(
        `getTokenizer: unknown tokenizer ${show(name)}; expected "basic_english", "whitespace", "words" or "characters"`,
      );
  }
}
