import { expect, test } from "vitest";
import { detached } from "./detached.ts";

test("gives the same string", () => {
  for (const token of ["", "a", "\ud800", "\u0000", "a rather long token that engines would share"]) {
    expect(detached(token)).toBe(token);
  }
});
