import { describe, expect, it } from "vitest";
import { buildVocabulary, encodeText, textBlock } from "./text-task.ts";

const vocabulary = buildVocabulary(["the film the", "a film", "the end"], { maxWords: 100, minCount: 1 });

describe("buildVocabulary", () => {
  it("puts specials first, then words by frequency", () => {
    expect(vocabulary.getItos()).toEqual(["<unk>", "<pad>", "the", "film", "a", "end"]);
  });

  it("keeps the most frequent words, and only words seen often enough", () => {
    const texts = ["the film the", "a film", "the end"];
    expect(buildVocabulary(texts, { maxWords: 1, minCount: 1 }).getItos()).toEqual(["<unk>", "<pad>", "the"]);
    expect(buildVocabulary(texts, { maxWords: 9, minCount: 2 }).getItos()).toEqual([
      "<unk>",
      "<pad>",
      "the",
      "film",
    ]);
  });
});

describe("encodeText", () => {
  const task = { vocabulary, labels: ["a", "b"], maxLength: 3, threshold: 0 };

  it("tokenizes, looks up and cuts", () => {
    expect(encodeText("The END, the film", task)).toEqual({ tokens: ["the", "end", ","], ids: [2, 5, 0] });
  });

  it("reads a text without tokens as one unknown word", () => {
    expect(encodeText(" ", task)).toEqual({ tokens: [], ids: [0] });
  });
});

describe("textBlock", () => {
  it("pads to the longest", () => {
    const { ids, lengths } = textBlock([[2, 3], [4]]);
    expect(ids.toArray()).toEqual([
      [2, 3],
      [4, 1],
    ]);
    expect([...lengths]).toEqual([2, 1]);
  });
});
