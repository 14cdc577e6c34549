import { describe, expect, test } from "vitest";
import { CountVectorizer, type CountVectorizerOptions } from "./count-vectorizer.ts";
import { splitWhitespace } from "./split.ts";

const terms = (text: string | string[], options: CountVectorizerOptions) =>
  new CountVectorizer(options).fit([text]).vocab.getItos();

describe("terms", () => {
  test("words are matches of the token pattern, or what the tokenizer gives", () => {
    expect(terms("A b, a", { tokenPattern: /\w/ })).toEqual(["a", "b"]);
    expect(terms("A b, a", { tokenizer: splitWhitespace, lowercase: false })).toEqual(["A", "a", "b,"]);
  });

  test("stop words go before n-grams are made", () => {
    expect(terms("out of the blue", { stopWords: ["of", "the"], ngramRange: [1, 2] })).toEqual([
      "blue",
      "out",
      "out blue",
    ]);
    expect(terms(["The", "the"], { stopWords: new Set(["the"]) })).toEqual(["The"]);
  });

  test("n-grams are made of lists of words too", () => {
    expect(terms(["I", "am", "I"], { ngramRange: [2, 3] })).toEqual(["I am", "I am I", "am I"]);
  });

  test("characters: runs of whitespace are one space", () => {
    expect(terms("a  \n B", { analyzer: "char", ngramRange: [2, 2] })).toEqual([" b", "a "]);
    expect(terms("a\nb", { analyzer: "char" })).toEqual(["\n", "a", "b"]);
    expect(terms("\u{1f600}\u{1f601}", { analyzer: "char" })).toEqual(["\u{1f600}", "\u{1f601}"]);
  });

  test("characters inside words: a short word is one term", () => {
    expect(terms("ab c", { analyzer: "char_wb", ngramRange: [3, 4] })).toEqual([" ab", " ab ", " c ", "ab "]);
    expect(terms("ab c", { analyzer: "char_wb", ngramRange: [9, 9] })).toEqual([" ab ", " c "]);
  });
});

describe("errors of the terms", () => {
  const any = (value: unknown) => value as never;

  test.each<[() => unknown, Error]>([
    [
      () => new CountVectorizer({ analyzer: any("words") }),
      new RangeError('CountVectorizer: analyzer must be "word", "char" or "char_wb", got "words"'),
    ],
    [
      () => new CountVectorizer({ analyzer: "char", stopWords: ["a"] }),
      new RangeError('CountVectorizer: stopWords is about words; leave it out with analyzer "char"'),
    ],
    [
      () => new CountVectorizer({ analyzer: "char_wb", tokenizer: splitWhitespace }),
      new RangeError('CountVectorizer: tokenizer is about words; leave it out with analyzer "char_wb"'),
    ],
    [
      () => new CountVectorizer({ tokenizer: splitWhitespace, tokenPattern: /a/ }),
      new RangeError("CountVectorizer: pass tokenizer or tokenPattern, not both"),
    ],
    [
      () => new CountVectorizer({ stopWords: "the" }),
      new TypeError('CountVectorizer: stopWords must be a list of words, got "the"'),
    ],
    [
      () => new CountVectorizer({ ngramRange: any(2) }),
      new TypeError("CountVectorizer: ngramRange must be [least, most], got 2"),
    ],
    [
      () => new CountVectorizer({ ngramRange: [0, 1] }),
      new RangeError("CountVectorizer: ngramRange[0] must be a positive integer, got 0"),
    ],
    [
      () => new CountVectorizer({ ngramRange: any([1]) }),
      new RangeError("CountVectorizer: ngramRange[1] must be a positive integer, got undefined"),
    ],
    [
      () => new CountVectorizer({ ngramRange: [2, 1] }),
      new RangeError("CountVectorizer: ngramRange must not descend, got [2, 1]"),
    ],
    [
      () => new CountVectorizer({ analyzer: "char" }).fit(["a", ["b"]]),
      new TypeError('CountVectorizer.fit: text 1 must be a string with analyzer "char", got an array of 1'),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
