import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { basicEnglish, basicEnglishWithOffsets } from "./basic-english.ts";
import { basicEnglishByRules } from "./basic-english-rules.ts";

describe("basicEnglish", () => {
  test.each([
    ["", []],
    ["It's bad.<br />Really, really bad!", ["it", "'", "s", "bad", ".", "really", ",", "really", "bad", "!"]],
    ['say "hi"; note: a"b"c', ["say", "hi", "note", "abc"]],
    ["(why?) 3.14, o'clock", ["(", "why", "?", ")", "3", ".", "14", ",", "o", "'", "clock"]],
    ["<BR /> one<br/>two <br  />", ["one<br/>two", "<br", "/>"]],
    ["\u001cfile\u0085line\u3000end\ufeff", ["file", "line", "end\ufeff"]],
    ["\u0130stanbul", ["i\u0307stanbul"]],
    ["\u039f\u0394\u039f\u03a3'", ["\u03bf\u03b4\u03bf\u03c2", "'"]],
  ])("splits %j", (text, tokens) => {
    expect(basicEnglish(text)).toEqual(tokens);
  });

  test("a quotation mark inside a line break tag does not save the tag, since marks are deleted first", () => {
    expect(basicEnglish('a<b"r />b <"br /> """<br /"> c"')).toEqual(["a", "b", "c"]);
  });

  test("letters decide about a final sigma before they are split apart", () => {
    expect(basicEnglish("\u0391\u03a3'\u0391")).toEqual(["\u03b1\u03c3", "'", "\u03b1"]);
  });

  test("refuses what is not a string", () => {
    expect(() => basicEnglish(undefined as unknown as string)).toThrow(
      new TypeError("basicEnglish: text must be a string, got undefined"),
    );
  });
});

describe("basicEnglishWithOffsets", () => {
  test("offsets slice the original text, also where lower-casing makes it longer", () => {
    const text = "\u0130\u0130x \u0130'\u0130. Z";
    const tokens = basicEnglishWithOffsets(text);
    expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual([
      "\u0130\u0130x",
      "\u0130",
      "'",
      "\u0130",
      ".",
      "Z",
    ]);
    expect(tokens[0]).toEqual({ text: "i\u0307i\u0307x", start: 0, end: 3 });
  });

  test("offsets leave out quotation marks around a word and keep those inside", () => {
    expect(basicEnglishWithOffsets('"a""b" ""c')).toEqual([
      { text: "ab", start: 1, end: 5 },
      { text: "c", start: 9, end: 10 },
    ]);
  });

  test("refuses what is not a string", () => {
    expect(() => basicEnglishWithOffsets(7 as unknown as string)).toThrow(
      new TypeError("basicEnglishWithOffsets: text must be a string, got 7"),
    );
  });
});

describe("both, for any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ..."'\".,()!?;:<>/ \t\n\u001f\u0085\u00a0\u2028\u3000\ufeff\u0130\u0131\u03a3\u1e9e\ud83d\ude00",
    ),
    fc.constantFrom("<br />", "<BR />", '<b"r />', "<br", " />", "A\u03a3", "don't", "word", "X"),
    fc.string({ unit: "binary", maxLength: 4 }),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

  test("one pass gives what the rules give", () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(basicEnglish(t)).toEqual(basicEnglishByRules(t));
      }),
      { numRuns: 3000 },
    );
  });

  test("offsets ascend, slice to the token's letters, and skip nothing but separators", () => {
    // lower-casing a slice alone may choose the other small sigma
    const letters = (s: string) => s.toLowerCase().replaceAll('"', "").replaceAll("\u03c2", "\u03c3");
    fc.assert(
      fc.property(text, (t) => {
        const tokens = basicEnglishWithOffsets(t);
        expect(tokens.map((token) => token.text)).toEqual(basicEnglish(t));
        let skipped = "";
        let end = 0;
        for (const token of tokens) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(letters(t.slice(token.start, token.end))).toBe(letters(token.text));
          expect(t.slice(token.start, token.end)).not.toMatch(/^"|"$/);
          skipped += t.slice(end, token.start);
          end = token.end;
        }
        expect(basicEnglishByRules(skipped + t.slice(end))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});
