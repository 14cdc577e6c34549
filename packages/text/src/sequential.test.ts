import { describe, expect, test } from "vitest";
import { addToken } from "./add-token.ts";
import { basicEnglish } from "./basic-english.ts";
import { padTransform } from "./pad-transform.ts";
import { sequential } from "./sequential.ts";
import { toTypedArray } from "./to-typed-array.ts";
import { truncate } from "./truncate.ts";
import { vectorize } from "./vectorize.ts";
import { Vocab } from "./vocab.ts";
import { vocabTransform } from "./vocab-transform.ts";

describe("sequential", () => {
  const vocab = new Vocab(["<unk>", "<pad>", "a", "good", "film"], { defaultIndex: 0 });

  test("each step works on the result of the one before", () => {
    const chain = sequential(addToken("b"), addToken("a"), truncate(2));
    expect(chain(["c"])).toEqual(["a", "b"]);
    expect(chain([["c"], []])).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
  });

  test("cutting, padding and looking up in steps is vectorize", () => {
    const toIds = sequential(
      basicEnglish,
      truncate(3),
      padTransform(3, "<pad>"),
      vocabTransform(vocab),
      toTypedArray(),
    );
    for (const text of ["A good film, isn't it?", "Good!", ""]) {
      expect(toIds(text)).toEqual(vectorize(text, vocab, 3));
    }
  });

  test("a chain is a step", () => {
    const lookUp = sequential(basicEnglish, vocabTransform(vocab));
    expect(sequential(lookUp, addToken(9))("a film")).toEqual([9, 2, 4]);
  });

  test("refuses a step that is not a function", () => {
    expect(() => sequential(basicEnglish, vocab as never)).toThrow(
      new TypeError("sequential: step 1 must be a function, got an object"),
    );
  });
});
