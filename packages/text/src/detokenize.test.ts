import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { basicEnglish } from "./basic-english.ts";
import { detokenize } from "./detokenize.ts";

describe("detokenize", () => {
  test("puts no space where people put none", () => {
    expect(detokenize(["it", "'", "s", "(", "a", ")", "test", ",", "is", "it", "?", "yes", "!"])).toBe(
      "it's (a) test, is it? yes!",
    );
    expect(detokenize(["one", ";", "two", ":", "three", ".", ".", "."])).toBe("one; two: three...");
    expect(detokenize(["(", "'", "x", "'", ")"])).toBe("('x')");
    expect(detokenize([])).toBe("");
    expect(detokenize(new Set([".", "a"]))).toBe(". a");
  });

  test("basicEnglish gives the same tokens for the result", () => {
    const part = fc.oneof(
      fc.constantFrom(..."'\".,()!?;: <>", "<br>", "Don't", "U.S."),
      fc.string({ unit: "binary" }),
    );
    const text = fc.array(part).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (t) => {
        const tokens = basicEnglish(t);
        fc.pre(!tokens.some((token, i) => token.endsWith("<br") && tokens[i + 1]?.startsWith("/>")));
        expect(basicEnglish(detokenize(tokens))).toEqual(tokens);
      }),
    );
  });

  test("refuses a text", () => {
    expect(() => detokenize("a text")).toThrow(
      new TypeError(
        'detokenize: tokens must be a list of tokens, got "a text"; tokenize it first, for example with basicEnglish',
      ),
    );
  });
});
