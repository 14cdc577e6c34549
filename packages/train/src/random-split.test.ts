import { Generator } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { randomSplit } from "./random-split.ts";

describe("randomSplit", () => {
  test("every sample is in exactly one part", () => {
    const parts = randomSplit(103, [0.6, 0.3, 0.1], { seed: 1 });
    expect(parts.map(({ length }) => length)).toEqual([62, 31, 10]);
    expect(parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual([...Array(103).keys()]);
  });

  test("the same seed gives the same parts, another seed other ones", () => {
    expect(randomSplit(50, [0.5, 0.5], { seed: 7 })).toEqual(randomSplit(50, [0.5, 0.5], { seed: 7 }));
    expect(randomSplit(50, [0.5, 0.5], { seed: 7 })).not.toEqual(randomSplit(50, [0.5, 0.5], { seed: 8 }));
    expect(randomSplit(50, [0.5, 0.5], { generator: new Generator(7) })).toEqual(
      randomSplit(50, [0.5, 0.5], { seed: 7 }),
    );
  });

  test("the parts are those of torch.utils.data.random_split", () => {
    // torch.randperm(10) after manual_seed(0); ⌊10 · 0.45⌋ = 4 and ⌊10 · 0.35⌋ = 3, and one more for the first part
    const parts = randomSplit(10, [0.45, 0.35, 0.2], { seed: 0 });
    expect(parts.map((part) => [...part])).toEqual([
      [4, 1, 7, 5, 3],
      [9, 0, 8],
      [6, 2],
    ]);
  });

  test("samples left over go to the first parts, never to one of fraction 0", () => {
    expect(randomSplit(11, [0.5, 0.5], { seed: 0 }).map(({ length }) => length)).toEqual([6, 5]);
    expect(randomSplit(11, [0, 0.5, 0.5], { seed: 0 }).map(({ length }) => length)).toEqual([0, 6, 5]);
    expect(randomSplit(0, [0.5, 0.5], { seed: 0 }).map(({ length }) => length)).toEqual([0, 0]);
  });

  test("refuses what does not divide", () => {
    expect(() => randomSplit(10, [0.5, 0.4])).toThrow(
      new RangeError(
        "randomSplit: fractions must be at least 0 and add up to 1, got [0.5, 0.4], which add up to 0.9",
      ),
    );
    expect(() => randomSplit(10, [1.5, -0.5])).toThrow(
      new RangeError(
        "randomSplit: fractions must be at least 0 and add up to 1, got [1.5, -0.5], which add up to 1",
      ),
    );
    expect(() => randomSplit(-1, [1])).toThrow(
      new RangeError("randomSplit: n must be an integer >= 0, got -1"),
    );
    expect(() => randomSplit(2, [0.5, 0.4, 0.1])).toThrow(
      new RangeError("randomSplit: part 1 with fraction 0.4 of 2 samples would be empty"),
    );
    expect(() => randomSplit(10, 0.5 as never)).toThrow(
      new TypeError("randomSplit: fractions must be a list of numbers that add up to 1, got 0.5"),
    );
    expect(() => randomSplit(10, [1], 42 as never)).toThrow(
      new TypeError("randomSplit: options must be an object, got 42; options are seed, generator"),
    );
    expect(() => randomSplit(2, [1], { seed: 1, generator: new Generator(1) })).toThrow(
      new TypeError("randomSplit: got both seed and generator; pass one of them"),
    );
  });
});
