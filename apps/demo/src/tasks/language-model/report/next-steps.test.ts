import { expect, test } from "vitest";
import { encodeCorpus } from "../corpus.ts";
import type { UnitName } from "../text-units.ts";
import { nextSteps } from "./next-steps.ts";

const corpusOf = (train: string, units: UnitName) =>
  encodeCorpus({ name: "x", parts: { train, validation: train, test: train } }, units, 1);

test("a shell takes the commands as they are, and the model knows the prompt", () => {
  expect(nextSteps("my models/one", corpusOf("1. été à $HOME\n", "characters"), "x.txt").slice(0, 2)).toEqual(
    [
      '  npm start -- generate --model "my models/one" --prompt "été"',
      '  npm start -- generate --model "my models/one" --prompt "été" --temperature 0.5 --branches 3',
    ],
  );
  const [words] = nextSteps("m", corpusOf('"no" `a` plain one\n', "words"), "x.txt");
  expect(words).toBe('  npm start -- generate --model m --prompt "plain"');
});

test("without a word there is no prompt", () => {
  expect(nextSteps("m", corpusOf("1 2 3\n", "words"), "x.txt")[0]).toBe("  npm start -- generate --model m");
});

test("the play that is shipped, in the folder where generate looks first", () => {
  const lines = nextSteps("models/language-model", corpusOf("ROMEO:\n", "characters"), undefined);
  expect(lines[0]).toBe('  npm start -- generate --prompt "ROMEO:"');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});
