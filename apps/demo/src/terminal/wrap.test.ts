import { describe, expect, it } from "vitest";
import { fold, wrap } from "./wrap.ts";

describe("wrap", () => {
  it("breaks between words, and leaves a long word whole", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("a wonderfully long word", 6)).toEqual(["a", "wonderfully", "long", "word"]);
  });
});

describe("fold", () => {
  it("leaves a line that fits", () => {
    expect(fold("  one  two", 10)).toEqual(["  one  two"]);
  });

  it("begins the other lines two spaces further in", () => {
    expect(fold("one two three", 9)).toEqual(["one two", "  three"]);
    expect(fold("  one two three four", 12)).toEqual(["  one two", "    three", "    four"]);
  });

  it("begins them below the first word after a label", () => {
    expect(fold("data   one two three", 14)).toEqual(["data   one two", "       three"]);
    expect(fold("  a  one two", 9)).toEqual(["  a  one", "     two"]);
  });
});
