import { expect, it } from "vitest";
import { anyOf, namesOf } from "./lists.ts";

it("lists choices as a sentence does", () => {
  expect([["a"], ["a", "b"], ["a", "b", "c"]].map(anyOf)).toEqual(["a", "a or b", "a, b or c"]);
});

it("puts names in quotes, counts those that are too many, and cuts those that are too long", () => {
  expect(namesOf(["a", "b"], 2)).toBe('"a", "b"');
  expect(namesOf(["a", "b", "c", "d"], 2)).toBe('"a", "b" and 2 more');
  expect(namesOf(["a\u001b[31m", "lengthy"], 3, 5)).toBe('"a·[3…", "leng…"');
});
