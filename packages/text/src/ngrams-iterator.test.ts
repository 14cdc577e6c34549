import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ngramsIterator } from "./ngrams-iterator.ts";

describe("ngramsIterator", () => {
  test("gives the tokens, then the longer n-grams", () => {
    expect([...ngramsIterator(["a", "b", "c"], 3)]).toEqual(["a", "b", "c", "a b", "b c", "a b c"]);
    expect([...ngramsIterator(new Set(["a", "b"]), 1)]).toEqual(["a", "b"]);
  });

  test("lists shorter than n give what there is", () => {
    expect([...ngramsIterator(["a"], 1e15)]).toEqual(["a"]);
    expect([...ngramsIterator([], 2)]).toEqual([]);
  });

  test("there are L - k + 1 n-grams of k tokens, each a part of the text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c")), fc.integer({ min: 1, max: 5 }), (tokens, n) => {
        const all = [...ngramsIterator(tokens, n)];
        for (let k = 1; k <= n; k++) {
          const ofLength = all.filter((ngram) => ngram.split(" ").length === k);
          expect(ofLength.length).toBe(Math.max(0, tokens.length - k + 1));
          ofLength.forEach((ngram, i) => {
            expect(ngram).toBe(tokens.slice(i, i + k).join(" "));
          });
        }
      }),
    );
  });

  test.each<[() => unknown, Error]>([
    [
      () => ngramsIterator("a b", 2),
      new TypeError(
        'ngramsIterator: tokens must be a list of tokens, got "a b"; tokenize it first, for example with basicEnglish',
      ),
    ],
    [() => ngramsIterator(["a"], 0), new RangeError("ngramsIterator: n must be a positive integer, got 0")],
    [
      () => ngramsIterator(["a"], 1.5),
      new RangeError("ngramsIterator: n must be a positive integer, got 1.5"),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
