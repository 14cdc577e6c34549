import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { regexTokenizer } from "./regex-tokenizer.ts";
import { splitWords } from "./split.ts";

describe("regexTokenizer", () => {
  test("tokens are the matches of the pattern", () => {
    expect(regexTokenizer(/[a-z]+|\d/)("Room 42b")).toEqual(["oom", "4", "2", "b"]);
    expect(regexTokenizer(/x/)("nothing here")).toEqual([]);
  });

  test("or of its one group, where that took part in the match", () => {
    expect(regexTokenizer(/#(\w+)|\d/)("#good 7 #film")).toEqual(["good", "film"]);
    expect(regexTokenizer(/(?:ab)+/)("ababxab")).toEqual(["abab", "ab"]);
  });

  test("with gaps they are what is between the matches, empty tokens dropped", () => {
    const lines = regexTokenizer(/\n+/, { gaps: true });
    expect(lines("\na b\n\nc\n")).toEqual(["a b", "c"]);
    expect(lines("")).toEqual([]);
  });

  test("flags are kept but for g and y, which the tokenizer sets itself", () => {
    const pattern = /A/giy;
    pattern.lastIndex = 3;
    const tokenizer = regexTokenizer(pattern);
    expect(tokenizer("bAa")).toEqual(["A", "a"]);
    expect(tokenizer("bAa")).toEqual(["A", "a"]);
    expect(pattern.lastIndex).toBe(3);
    expect(regexTokenizer(/./u)("\u{1f600}")).toEqual(["\u{1f600}"]);
  });

  test("scikit-learn's pattern gives splitWords", () => {
    const tokenizer = regexTokenizer(/[\p{L}\p{N}_]{2,}/u);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(tokenizer(text)).toEqual(splitWords(text));
      }),
    );
  });

  test.each<[() => unknown, Error]>([
    [
      () => regexTokenizer("\\w+" as never),
      new TypeError('regexTokenizer: pattern must be a regular expression, got "\\\\w+"'),
    ],
    [
      () => regexTokenizer(/(a)(b)/),
      new RangeError(
        "regexTokenizer: pattern must have at most one group, got 2; write (?:...) for groups that only group",
      ),
    ],
    [
      () => regexTokenizer(/(?<gap>,)/, { gaps: true }),
      new RangeError(
        "regexTokenizer: pattern must have no group with gaps, got 1; write (?:...) for groups that only group",
      ),
    ],
    [
      () => regexTokenizer(/a/)(["a"] as never),
      new TypeError("regexTokenizer: text must be a string, got an array of 1"),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
