import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CountVectorizer } from "./count-vectorizer.ts";
import type { TermLimits } from "./term-limits.ts";

const texts = ["aa bb bb bb", "aa cc", "aa bb", "dd dd dd"];
const columns = (limits: TermLimits) => new CountVectorizer(limits).fit(texts).vocab.getItos();

describe("limits of the columns", () => {
  test("minDf and maxDf count texts, not occurrences, and include their ends", () => {
    expect(columns({ minDf: { count: 2 } })).toEqual(["aa", "bb"]);
    expect(columns({ maxDf: { count: 2 } })).toEqual(["bb", "cc", "dd"]);
    expect(columns({ minDf: { count: 2 }, maxDf: { count: 2 } })).toEqual(["bb"]);
  });

  test("one text and all texts are different things", () => {
    expect(columns({ maxDf: { count: 1 } })).toEqual(["cc", "dd"]);
    expect(columns({ maxDf: { fraction: 1 } })).toEqual(["aa", "bb", "cc", "dd"]);
    expect(columns({ minDf: { fraction: 0.5 }, maxDf: { fraction: 0.5 } })).toEqual(["bb"]);
    expect(columns({ minDf: { count: 0 } })).toEqual(["aa", "bb", "cc", "dd"]);
  });

  test("maxFeatures keeps the terms that occur most often, of equal ones the first by code point", () => {
    expect(columns({ maxFeatures: 1 })).toEqual(["bb"]);
    expect(columns({ maxFeatures: 2 })).toEqual(["aa", "bb"]);
    expect(columns({ maxFeatures: 2, maxDf: { count: 2 } })).toEqual(["bb", "dd"]);
    expect(columns({ maxFeatures: 100 })).toEqual(["aa", "bb", "cc", "dd"]);
    const tied = new CountVectorizer({ maxFeatures: 1 }).fit(["zz \u{1d400}\u{1d400} \ufb01\ufb01 aa"]);
    expect([...tied.vocab]).toEqual(["aa"]);
  });

  test("with binary counts the most frequent terms are those in most texts", () => {
    const vectorizer = new CountVectorizer({ maxFeatures: 1, binary: true });
    expect([...vectorizer.fit(["bb bb bb", "aa", "aa"]).vocab]).toEqual(["aa"]);
  });

  test("limits leave the counts of the remaining columns as they are", () => {
    const word = fc.constantFrom("aa", "bb", "cc", "dd", "ee", "\ufb01", "\u{1f600}");
    const corpus = fc.array(fc.array(word), { minLength: 1, maxLength: 8 });
    const limits = fc.record({ minDf: fc.nat(3), maxFeatures: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(corpus, limits, (lists, { minDf, maxFeatures }) => {
        const inTexts = (w: string) => lists.filter((list: string[]) => list.includes(w)).length;
        fc.pre(lists.flat().some((w) => inTexts(w) >= minDf));
        const all = new CountVectorizer();
        const everything = all.fitTransform(lists).toArray();
        const some = new CountVectorizer({ minDf: { count: minDf }, maxFeatures });
        const kept = some.fitTransform(lists).toArray();
        const places = some.vocab.getItos().map((term) => all.vocab.lookupIndex(term));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(kept).toEqual(everything.map((row) => places.map((i) => row[i])));
        expect(some.transform(lists).toArray()).toEqual(kept);
      }),
    );
  });
});

describe("errors of the limits", () => {
  const any = (value: unknown) => value as never;

  test.each<[TermLimits, Error]>([
    [
      { minDf: any(2) },
      new TypeError(
        "CountVectorizer: minDf must be { count } or { fraction }, got 2; for so many texts write { count: 2 }",
      ),
    ],
    [
      { maxDf: any(0.5) },
      new TypeError(
        "CountVectorizer: maxDf must be { count } or { fraction }, got 0.5; for a part of all texts write { fraction: 0.5 }",
      ),
    ],
    [
      { maxDf: any(1) },
      new TypeError(
        "CountVectorizer: maxDf must be { count } or { fraction }, got 1; write { count: 1 } for one text, { fraction: 1 } for all",
      ),
    ],
    [
      { maxDf: any("all") },
      new TypeError('CountVectorizer: maxDf must be { count } or { fraction }, got "all"'),
    ],
    [
      { maxDf: any({ count: 1, fraction: 1 }) },
      new TypeError("CountVectorizer: maxDf must be { count } or { fraction }, got an object"),
    ],
    [
      { minDf: { count: 1.5 } },
      new RangeError("CountVectorizer: minDf.count must be a non-negative integer, got 1.5"),
    ],
    [
      { minDf: { fraction: 2 } },
      new RangeError("CountVectorizer: minDf.fraction must be a number in 0..1, got 2"),
    ],
    [
      { minDf: { fraction: Number.NaN } },
      new RangeError("CountVectorizer: minDf.fraction must be a number in 0..1, got NaN"),
    ],
    [{ maxFeatures: 0 }, new RangeError("CountVectorizer: maxFeatures must be a positive integer, got 0")],
    [
      { minDf: { count: 3 }, maxDf: { fraction: 0.5 } },
      new RangeError("CountVectorizer.fit: maxDf, 2 of 4 texts, is less than minDf, 3"),
    ],
    [
      { minDf: { count: 4 } },
      new RangeError(
        "CountVectorizer.fit: none of 4 terms occurs in 4 to 4 of 4 texts; lower minDf or raise maxDf",
      ),
    ],
  ])("%j", (limits, error) => {
    expect(() => columns(limits)).toThrow(error);
  });
});
