import { expect, test } from "vitest";
import { show } from "./show.ts";

test("strings are quoted, escaped and cut; containers are named", () => {
  expect(show("a\n\u0000\ud800")).toBe('"a\\n\\u0000\\ud800"');
  expect(show("x".repeat(41))).toBe(`"${"x".repeat(40)}"...`);
  expect([null, undefined, true, 1.5, Number.NaN, 10n].map(show)).toEqual([
    "null",
    "undefined",
    "true",
    "1.5",
    "NaN",
    "10",
  ]);
  expect([[1, 2], {}, new Map(), show].map(show)).toEqual([
    "an array of 2",
    "an object",
    "an object",
    "a function",
  ]);
});
