import { describe, expect, it } from "vitest";
import { loadShipped } from "./load.ts";
import { parseSentences } from "./sentences.ts";

describe("parseSentences", () => {
  it("splits at line feeds only: U+0085, U+2028 and carriage returns stay in the sentence", () => {
    const { examples } = parseSentences("one\u0085two\u2028three\rfour\t1\nbad\t0\n", "a.txt");
    expect(examples).toEqual([
      { text: "one\u0085two\u2028three\rfour", label: "positive" },
      { text: "bad", label: "negative" },
    ]);
  });

  it("keeps a sentence's own tabs", () => {
    expect(parseSentences("a\tb\t0", "a.txt").examples).toEqual([{ text: "a\tb", label: "negative" }]);
  });

  it("names the line that has no score", () => {
    expect(() => parseSentences("fine\t1\nno score\n", "a.txt")).toThrow(
      'a.txt: line 2 is not "sentence TAB 0 or 1"',
    );
    expect(() => parseSentences("fine\t1\nstars\t5\n", "a.txt")).toThrow(
      'a.txt: line 2 is not "sentence TAB 0 or 1"',
    );
  });
});

describe("the shipped sentences", () => {
  it("are 3,000, half of them positive, two with U+0085 inside", async () => {
    const { examples, skipped } = await loadShipped();
    expect(examples).toHaveLength(3000);
    expect(skipped).toBe(0);
    expect(examples.filter((example) => example.label === "positive")).toHaveLength(1500);
    expect(examples.filter((example) => example.text.includes("\u0085"))).toHaveLength(2);
  });
});
