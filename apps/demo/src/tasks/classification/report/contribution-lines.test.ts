import { describe, expect, it } from "vitest";
import { plain } from "../../../terminal/colour.ts";
import { contributionLines } from "./contribution-lines.ts";

const word = (token: string, contribution: number, known = true) => ({ token, contribution, known });

describe("contributionLines", () => {
  it("puts numbers under words and marks unknown words", () => {
    const lines = contributionLines(
      [word("not", -1.234), word("delicious", 0.5), word("zzz", 0, false)],
      80,
      plain,
    );
    expect(lines).toEqual(["not    delicious  zzz?", "−1.23  +0.50      +0.00"]);
  });

  it("wraps at the width", () => {
    expect(contributionLines([word("one", 1), word("two", 2), word("three", 3)], 12, plain)).toEqual([
      "one    two",
      "+1.00  +2.00",
      "three",
      "+3.00",
    ]);
  });

  it("keeps the thirty strongest of a long text, in its order", () => {
    const many = Array.from({ length: 40 }, (_, i) => word(`w${i}`, i % 2 === 0 ? i : -i));
    const shown = contributionLines(many, 10_000, plain)[0]?.split(/ +/);
    expect(shown).toEqual(many.slice(10).map(({ token }) => token));
  });

  it("has nothing to say about a text without tokens", () => {
    expect(contributionLines([], 80, plain)).toEqual([]);
  });
});
