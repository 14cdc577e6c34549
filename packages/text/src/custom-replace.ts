import { checkText, isIterableObject } from "./checks.ts";
import { matchingAll } from "./regular-expression.ts";
import { show } from "./show.ts";

/**
 * A step that rewrites texts by regular expressions: every match of each, in order, on the result of those before.
 *
 * @remarks
 * Replacements are those of `String.prototype.replace`: `$1` is the first group, `$$` a dollar sign. As torchtext's
 * `custom_replace`, for one text at a time.
 *
 * @throws TypeError if a rule is not a pair of regular expression and string.
 *
 * @example
 * ```ts
 * import { customReplace, splitWhitespace } from "@rnn/text";
 *
 * const clean = customReplace([[/https?:\S+/, "<url>"], [/([!?])+/, " $1"]]);
 * clean("See http://example.org!!"); // => "See <url>"
 * splitWhitespace(clean("Really?!")); // => ["Really", "!"]
 * ```
 *
 * @public
 */
export function customReplace(
  rules: Iterable<readonly [pattern: RegExp, replacement: string]>,
): (text: string) => string {
  if (!isIterableObject(rules)) {
    throw new TypeError(`customReplace: rules must be a list of pairs, got ${show(rules)}`);
  }
  const replacements = Array.from(rules, (rule, i) => {
    const [pattern, replacement]: readonly unknown[] = Array.isArray(rule) ? rule : [];
    if (pattern instanceof RegExp && typeof replacement === "string") {
      return [matchingAll(pattern), replacement] as const;
    }
    const got = Array.isArray(rule) ? `[${rule.map(show).join(", ")}]` : show(rule);
    throw new TypeError(`customReplace: rule ${i} must be [regular expression, string], got ${got}`);
  });
  return (text) => {
    checkText("customReplace", text);
    return replacements.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), text);
  };
}
