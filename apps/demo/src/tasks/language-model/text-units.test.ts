import { describe, expect, test } from "vitest";
import { buildVocabulary, TEXT_UNITS, type UnitName } from "./text-units.ts";

const again = (name: UnitName, text: string): string =>
  TEXT_UNITS[name].split(text).reduce((before, unit) => before + TEXT_UNITS[name].join(unit, before), "");

describe("text units", () => {
  test("characters are code points, and make the same text again", () => {
    expect(TEXT_UNITS.characters.split("né😀\n")).toEqual(["n", "é", "😀", "\n"]);
    expect(again("characters", " a\n\n b😀")).toBe(" a\n\n b😀");
  });

  test("words stand between white space, and every line has an end", () => {
    expect(TEXT_UNITS.words.split(" a  b \n\n c\n")).toEqual(["a", "b", "<eos>", "<eos>", "c", "<eos>"]);
    expect(TEXT_UNITS.words.split("a b")).toEqual(["a", "b"]);
    expect(again("words", "a b\n\nc d\n")).toBe("a b\n\nc d\n");
  });

  test("the vocabulary begins with the most frequent, equals in their order", () => {
    expect(buildVocabulary([..."banana!"], "characters", 1).getItos()).toEqual(["a", "n", "b", "!"]);
    expect(buildVocabulary(["b", "a", "b", "c"], "words", 1).getItos()).toEqual([
      "<unk>",
      "<eos>",
      "b",
      "a",
      "c",
    ]);
  });

  test("rare words are read as the unknown one, which the text may have, too", () => {
    const vocabulary = buildVocabulary(["b", "a", "<unk>", "b", "<eos>"], "words", 2);
    expect(vocabulary.getItos()).toEqual(["<unk>", "<eos>", "b"]);
    expect(vocabulary.lookupIndices(["b", "a", "<unk>", "<eos>"])).toEqual([2, 0, 0, 1]);
  });
});
