import { expect, test } from "vitest";
import { sourceOffsets } from "./lower-case.ts";

test("positions are the same where lower-casing keeps the length", () => {
  const offset = sourceOffsets("\u1e9eABC\u03a3", "\u1e9eABC\u03a3".toLowerCase());
  expect([0, 1, 4, 5].map(offset)).toEqual([0, 1, 4, 5]);
});

test("both units of a lower-cased U+0130 come from its one unit, and surrogate pairs stay pairs", () => {
  const text = "a\u0130\ud801\udc00b";
  const lower = text.toLowerCase();
  expect(lower).toBe("ai\u0307\ud801\udc28b");
  const offset = sourceOffsets(text, lower);
  expect(Array.from({ length: lower.length + 1 }, (_, i) => offset(i))).toEqual([0, 1, 1, 2, 3, 4, 5]);
});

test("U+0130 is the only character whose lower case has another length", () => {
  const others: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (character.toLowerCase().length !== character.length) others.push(code.toString(16));
  }
  expect(others).toEqual(["130"]);
});
