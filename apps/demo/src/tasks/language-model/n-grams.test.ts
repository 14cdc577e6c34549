import { describe, expect, test } from "vitest";
import { nGramCrossEntropies } from "./n-grams.ts";

describe("nGramCrossEntropies", () => {
  test("agrees with counting by hand", () => {
    // counts a 3, b 2; after a: b b, after b: a a
    const { unigram, bigram } = nGramCrossEntropies(
      Int32Array.of(0, 1, 0, 1, 0),
      Int32Array.of(0, 1, 2, 0),
      3,
    );
    const [a, b, c] = [4 / 8, 3 / 8, 1 / 8];
    expect(unigram).toBeCloseTo(-(Math.log(b) + Math.log(c) + Math.log(a)) / 3, 14);
    const [ab, bc] = [(2 + b) / 3, c / 3]; // one kind of follower each; nothing is known after c
    expect(bigram).toBeCloseTo(-(Math.log(ab) + Math.log(bc) + Math.log(a)) / 3, 14);
  });

  test("on a text that alternates, bigrams know and unigrams do not", () => {
    const text = Int32Array.from({ length: 2000 }, (_, t) => t % 2);
    const { unigram, bigram } = nGramCrossEntropies(text, text, 2);
    expect(unigram).toBeCloseTo(Math.LN2, 3);
    expect(bigram).toBeLessThan(0.01);
  });
});
