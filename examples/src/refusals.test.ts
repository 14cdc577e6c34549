import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import addingProblem from "./adding-problem/main.ts";
import copyAndReverse from "./copy-and-reverse/main.ts";
import { EncoderDecoder } from "./encoder-decoder.ts";
import { UsageError } from "./options.ts";
import { readPairs } from "./tatoeba.ts";

const quiet = (): void => {};

it("sequences whose longest is shorter than the shortest are refused", async () => {
  const settings = { ...copyAndReverse.defaults, shortest: 4, longest: 2 };
  await expect(copyAndReverse.run(settings, quiet)).rejects.toThrow(
    new UsageError("--longest 2 is less than --shortest 4"),
  );
});

it("sequences without a step in each half are refused", async () => {
  const settings = { ...addingProblem.defaults, lengths: "100,1" };
  await expect(addingProblem.run(settings, quiet)).rejects.toThrow(
    new UsageError("--lengths: each half of a sequence needs a step to mark"),
  );
});

it("a file without pairs is refused by its name", () => {
  const file = fileURLToPath(import.meta.url).replace(/refusals\.test\.ts$/, "options.ts");
  expect(() => readPairs(file)).toThrow(new UsageError(`${file} has no line "English TAB French"`));
});

it("an encoder-decoder with an odd number of units is refused", () => {
  const sizes = { sourceTokens: 4, targetTokens: 4, embeddingDim: 2, hiddenSize: 5, attention: false };
  expect(() => new EncoderDecoder(sizes)).toThrow(
    new RangeError("hiddenSize must be even, as both directions of the encoder share it, got 5"),
  );
});
