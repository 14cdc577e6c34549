import { expect, test } from "vitest";
import { PieceCache } from "./piece-cache.ts";

test("remembers short pieces, and never more than it has room for", () => {
  const cache = new PieceCache();
  cache.set("ab", [1, 2]);
  cache.set("x".repeat(65), [3]);
  expect(cache.get("ab")).toEqual([1, 2]);
  expect(cache.get("x".repeat(65))).toBe(undefined);
  for (let i = 0; i < 32768; i++) cache.set(String(i), [i]);
  expect(cache.get("ab")).toBe(undefined);
  expect(cache.get("32767")).toEqual([32767]);
});
