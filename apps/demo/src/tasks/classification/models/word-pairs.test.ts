import { Tensor } from "@rnn/tensor";
import { expect, it } from "vitest";
import { PADDING, UNKNOWN } from "../model.ts";
import { frequentPairs } from "./frequent-pairs.ts";
import { NO_PAIR, WordPairs } from "./word-pairs.ts";

const texts = [
  [2, 3, 2, 3, 2, 3],
  [4, 3, 4, 3],
  [UNKNOWN, 3, UNKNOWN, 3, UNKNOWN, 3],
  [4, PADDING, 4, PADDING, 4, PADDING, 4, 3, 2],
].map((ids) => Int32Array.from(ids));

it("the most frequent pairs are those of known words that occur three times, the most frequent first", () => {
  // 2 3 three times, 3 2 three times, 4 3 three times, 3 4 once
  expect(frequentPairs(texts, 10)).toEqual([2, 3, 3, 2, 4, 3]);
  expect(frequentPairs([...texts, Int32Array.of(4, 3)], 10)).toEqual([4, 3, 2, 3, 3, 2]);
  expect(frequentPairs(texts, 1)).toEqual([2, 3]);
  expect(frequentPairs(texts, 0)).toEqual([]);
});

it("a word has the row of the pair with the word before it; the first of a text and those without a pair have none", () => {
  const pairs = new WordPairs([2, 3, 2, 4, 4, 2]);
  const ids = new Tensor(Int32Array.of(2, 3, 2, 4, 2, 4, 2, 3), [2, 4]);
  expect(pairs.count).toBe(3);
  expect(pairs.of(ids).toArray()).toEqual([
    [NO_PAIR, 1, NO_PAIR, 2],
    [NO_PAIR, 2, 3, 1],
  ]);
});
