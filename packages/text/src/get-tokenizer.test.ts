import { expect, test } from "vitest";
import { basicEnglish } from "./basic-english.ts";
import { getTokenizer, type TokenizerName } from "./get-tokenizer.ts";
import { splitCharacters, splitWhitespace, splitWords } from "./split.ts";

test("names stand for the exported tokenizers", () => {
  expect(getTokenizer("basic_english")).toBe(basicEnglish);
  expect(getTokenizer("whitespace")).toBe(splitWhitespace);
  expect(getTokenizer("words")).toBe(splitWords);
  expect(getTokenizer("characters")).toBe(splitCharacters);
});

test("an unknown name is refused with the known ones", () => {
  for (const name of ["some other string", "__proto__"]) {
    expect(() => getTokenizer(name as TokenizerName)).toThrow(
      new RangeError(
        `getTokenizer: unknown tokenizer "${name}"; expected "basic_english", "whitespace", "words" or "characters"`,
      ),
    );
  }
});
