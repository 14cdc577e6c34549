import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitCharacters, splitWhitespace, splitWords } from "./split.ts";

describe("splitWhitespace", () => {
  test("splits at Python's whitespace and keeps case and punctuation", () => {
    expect(splitWhitespace(" A string,\tof\u0085words\u2003here.\n")).toEqual([
      "A",
      "string,",
      "of",
      "words",
      "here.",
    ]);
    expect(splitWhitespace("one\ufeff two")).toEqual(["one\ufeff", "two"]);
    expect(splitWhitespace(" \n ")).toEqual([]);
    expect(splitWhitespace("")).toEqual([]);
  });

  test("refuses what is not a string", () => {
    expect(() => splitWhitespace(null as unknown as string)).toThrow(
      new TypeError("splitWhitespace: text must be a string, got null"),
    );
  });
});

describe("splitWords", () => {
  test("takes runs of at least two letters, digits and underscores", () => {
    expect(splitWords("A file-like_object, 42 I'm 7 x2!")).toEqual(["file", "like_object", "42", "x2"]);
    expect(splitWords("")).toEqual([]);
  });

  test("letters and numbers are those of Python's re: any script, but no combining marks", () => {
    expect(splitWords("\u00e9t\u00e9 x\u00b2 \u2167\u2167 \u4e16\u754c")).toEqual([
      "\u00e9t\u00e9",
      "x\u00b2",
      "\u2167\u2167",
      "\u4e16\u754c",
    ]);
    expect(splitWords("cafe\u0301s \u0928\u092e\u0938\u094d\u0924\u0947")).toEqual([
      "cafe",
      "\u0928\u092e\u0938",
    ]);
  });

  test("a character beyond U+FFFF is one character", () => {
    expect(splitWords("\ud835\udc00 \ud835\udc00\ud835\udc01")).toEqual(["\ud835\udc00\ud835\udc01"]);
  });

  test("refuses what is not a string", () => {
    expect(() => splitWords(["a"] as unknown as string)).toThrow(
      new TypeError("splitWords: text must be a string, got an array of 1"),
    );
  });
});

describe("splitCharacters", () => {
  test("takes code points, lone surrogates too", () => {
    expect(splitCharacters("a\u{1f600}\n\ud83d")).toEqual(["a", "\u{1f600}", "\n", "\ud83d"]);
    expect(splitCharacters("e\u0301")).toEqual(["e", "\u0301"]);
    expect(splitCharacters("")).toEqual([]);
  });

  test("the characters joined are the text, whatever it is", () => {
    const text = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, (t) => {
        expect(splitCharacters(t).join("")).toBe(t);
      }),
    );
  });

  test("refuses what is not a string", () => {
    expect(() => splitCharacters(5 as unknown as string)).toThrow(
      new TypeError("splitCharacters: text must be a string, got 5"),
    );
  });
});
