import { expect, test } from "vitest";
import { withJsonNames } from "./json-names.ts";

test("names for people become keys", () => {
  const names = {
    accuracy: 1,
    "bits per character": 2,
    "test MAE": 3,
    "linear AR, direct": 4,
    "seasonal naive + drift": 5,
    "bag of words": 6,
    "trained on": { "a b": 7 },
    macroF1: 8,
  };
  expect(withJsonNames(names)).toEqual({
    accuracy: 1,
    bitsPerCharacter: 2,
    testMAE: 3,
    linearARDirect: 4,
    seasonalNaiveDrift: 5,
    bagOfWords: 6,
    trainedOn: { "a b": 7 },
    macroF1: 8,
  });
});
