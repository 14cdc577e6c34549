import { describe, expect, it } from "vitest";
import { count, counted, duration, shorten, signed, visible } from "./format.ts";

describe("format", () => {
  it("groups thousands", () => {
    expect([0, 999, 1000, 1234567.6].map(count)).toEqual(["0", "999", "1,000", "1,234,568"]);
  });

  it("counts in the singular and the plural", () => {
    expect([counted(1, "epoch"), counted(0, "epoch"), counted(2000, "pass", "passes")]).toEqual([
      "1 epoch",
      "0 epochs",
      "2,000 passes",
    ]);
  });

  it("says durations", () => {
    expect([0.04, 9.96, 59.4, 59.6, 185, 7800].map(duration)).toEqual([
      "0.0 s",
      "10 s",
      "59 s",
      "1 min 00 s",
      "3 min 05 s",
      "2 h 10 min",
    ]);
  });

  it("never shows a negative zero", () => {
    expect([1.2, -0.306, -0.001].map((value) => signed(value))).toEqual(["+1.20", "−0.31", "+0.00"]);
  });

  it("takes escape sequences out of text from outside", () => {
    expect(visible("a\u001b[31mred\u0085\n\u202eb")).toBe("a·[31mred···b");
  });

  it("shortens with an ellipsis", () => {
    expect([shorten("abcd", 4), shorten("abcde", 4)]).toEqual(["abcd", "abc…"]);
  });
});
