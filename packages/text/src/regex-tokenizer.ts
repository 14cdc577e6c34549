import { checkOptions } from "./check-options.ts";
import { checkText } from "./checks.ts";
import { countGroups, matchingAll } from "./regular-expression.ts";
import { show } from "./show.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * Options of {@link regexTokenizer}.
 *
 * @public
 */
export interface RegexTokenizerOptions {
  /** Whether the pattern matches what is between tokens instead of the tokens; `false` by default. */
  readonly gaps?: boolean | undefined;
}

/**
 * A tokenizer from a regular expression.
 *
 * @remarks
 * Tokens are the matches of the whole pattern, or of its group if it has one, as `re.findall` in Python and
 * scikit-learn's `token_pattern`; with `gaps` they are what lies between matches. Empty tokens are dropped. Case is
 * kept. The time a pattern takes is its author's concern: one that backtracks without bound does so here too.
 *
 * @throws TypeError if `pattern` is not a regular expression.
 * @throws RangeError if it has more than one group, or has one and `gaps` is set.
 *
 * @example
 * ```ts
 * import { regexTokenizer } from "@rnn/text";
 *
 * regexTokenizer(/\p{L}+|\d/u)("Room 42b"); // => ["Room", "4", "2", "b"]
 * regexTokenizer(/#(\w+)/)("#good #film today"); // => ["good", "film"]
 * regexTokenizer(/; ?/, { gaps: true })("a b; c;"); // => ["a b", "c"]
 * ```
 *
 * @public
 */
export function regexTokenizer(pattern: RegExp, options: RegexTokenizerOptions = {}): Tokenizer {
  checkOptions("regexTokenizer", options, { gaps: "boolean" });
  const { gaps = false } = options;
  if (!(pattern instanceof RegExp)) {
    throw new TypeError(`regexTokenizer: pattern must be a regular expression, got ${show(pattern)}`);
  }
  const own = matchingAll(pattern);
  const groups = countGroups(own);
  if (groups > (gaps ? 0 : 1)) {
    throw new RangeError(
      `regexTokenizer: pattern must have ${gaps ? "no group with gaps" : "at most one group"}, got ${groups}; ` +
        "write (?:...) for groups that only group",
    );
  }
  return (text) => {
    checkText("regexTokenizer", text);
    const parts = gaps
      ? text.split(own)
      : groups === 0
        ? (text.match(own) ?? [])
        : Array.from(text.matchAll(own), (match) => match[1] ?? "");
    return parts.filter((token) => token !== "");
  };
}
