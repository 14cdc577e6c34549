import { describe, expect, test } from "vitest";
import { Vocab } from "./vocab.ts";
import { vocabTransform } from "./vocab-transform.ts";

describe("vocabTransform", () => {
  test("looks up the tokens of a list or of each list of a batch", () => {
    const vocab = new Vocab(["a", "b"]);
    const lookUp = vocabTransform(vocab);
    expect(lookUp(["b", "a"])).toEqual([1, 0]);
    expect(lookUp([["b"], [], ["a", "b"]])).toEqual([[1], [], [0, 1]]);
    vocab.setDefaultIndex(7);
    expect(lookUp(["c"])).toEqual([7]);
  });

  test.each<[() => unknown, Error]>([
    [
      () => vocabTransform(["a"] as never),
      new TypeError("vocabTransform: vocab must be a Vocab, got an array of 1"),
    ],
    [
      () => vocabTransform(new Vocab(["a"]))("a" as never),
      new TypeError('vocabTransform: input must be an array, got "a"'),
    ],
    [
      () => vocabTransform(new Vocab(["a"]))([["a"], ["b"]]),
      new RangeError(
        'Vocab.lookupIndices: token "b" is not in the vocabulary and no default index is set; ' +
          'call setDefaultIndex, for example with the index of "<unk>"',
      ),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
