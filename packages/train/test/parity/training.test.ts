import { describe, test } from "vitest";
import { casesOf } from "./cases.ts";
import { checkClassifier, checkLanguageModel, checkLongGradient } from "./training.ts";

describe("fit follows PyTorch's training of a text classifier", () => {
  test.each(casesOf<Parameters<typeof checkClassifier>[0]["config"]>("classifier"))("$name", checkClassifier);
});

const sequences = casesOf<never>("tbptt");

describe("fit follows PyTorch's truncated training of a language model", () => {
  test.each(sequences.filter(({ kind }) => kind === "train_tbptt"))("$name", checkLanguageModel);
});

describe("bptt and tbptt give PyTorch's gradients over 100 steps", () => {
  test.each(sequences.filter(({ kind }) => kind === "long_gradient"))("$name", checkLongGradient);
});
