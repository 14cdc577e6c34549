import { defaultGenerator, Generator, manualSeed } from "@rnn/tensor";
import { groupSplit, kFold } from "@rnn/train/data";
import { describe, expect, test } from "vitest";

const all = (n: number) => [...Array(n).keys()];
/** 60 samples of 17 groups, of sizes 1 to 8. */
const groups = Array.from({ length: 60 }, (_, i) => `g${Math.floor(Math.sqrt(i * 5))}`);
const groupsOf = (positions: Int32Array) => new Set([...positions].map((i) => groups[i]));

describe("kFold", () => {
  test.each([true, false])(
    "every sample is judged once, and never learned from then (shuffle %s)",
    (shuffle) => {
      const folds = kFold(23, 4, { shuffle, ...(shuffle ? { seed: 1 } : {}) });
      expect(folds.map(({ test }) => test.length)).toEqual([6, 6, 6, 5]);
      expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(all(23));
      for (const { train, test } of folds) {
        expect([...train, ...test].sort((a, b) => a - b)).toEqual(all(23));
      }
    },
  );

  test("nothing is drawn unless it is asked for", () => {
    const before = defaultGenerator().getState();
    const tests = kFold(7, 3).map(({ test }) => [...test]);
    expect(tests).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(defaultGenerator().getState()).toEqual(before);
    expect(kFold(60, 5, { groups })).toEqual(kFold(60, 5, { groups, shuffle: false }));
    manualSeed(3);
    expect(kFold(30, 3, { shuffle: true })).toEqual(kFold(30, 3, { seed: 3 }));
  });

  test("the same seed gives the same folds", () => {
    expect(kFold(30, 3, { seed: 5 })).toEqual(kFold(30, 3, { generator: new Generator(5) }));
    expect(kFold(30, 3, { seed: 5 })).not.toEqual(kFold(30, 3, { seed: 6 }));
  });

  test("groups are never torn apart, and folds are of about equal size", () => {
    for (const seed of all(20)) {
      const folds = kFold(60, 5, { groups, seed });
      expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(all(60));
      for (const { train, test } of folds) {
        const seen = groupsOf(train);
        expect([...groupsOf(test)].filter((group) => seen.has(group))).toEqual([]);
        expect(Math.abs(test.length - 12)).toBeLessThanOrEqual(2);
      }
    }
  });

  test.each<[() => unknown, Error]>([
    [() => kFold(3, 4), new RangeError("kFold: 3 samples are too few for 4 folds")],
    [() => kFold(3, 3, { groups: [1, 1, 2] }), new RangeError("kFold: 2 groups are too few for 3 folds")],
    [() => kFold(3, 2, { groups: [1, 2] }), new RangeError("kFold: got 2 groups for 3 samples")],
    [() => kFold(3, 1), new RangeError("kFold: k must be an integer >= 2, got 1")],
    [
      () => kFold(3, 2, { shuffle: false, seed: 0 }),
      new TypeError("kFold: got seed with shuffle: false, which draws nothing; leave out one of them"),
    ],
    [
      () => kFold(3, 2, { shuffle: false, generator: new Generator(0) }),
      new TypeError("kFold: got generator with shuffle: false, which draws nothing; leave out one of them"),
    ],
    [
      () => kFold(3, 2, { shuffle: 1 as never }),
      new TypeError("kFold: shuffle must be true or false, got 1"),
    ],
    [
      () => kFold(3, 2, { stratify: [] } as object),
      new TypeError('kFold: unknown option "stratify"; options are seed, generator, groups, shuffle'),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});

describe("groupSplit", () => {
  test("groups are never torn apart, and the shares are nearly met", () => {
    for (const seed of all(20)) {
      const parts = groupSplit(groups, [0.6, 0.2, 0.2], { seed });
      expect(parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual(all(60));
      expect(parts.map(groupsOf).reduce((sum, { size }) => sum + size, 0)).toBe(new Set(groups).size);
      for (const [k, share] of [36, 12, 12].entries()) {
        expect(Math.abs(parts[k]!.length - share)).toBeLessThanOrEqual(6);
      }
    }
  });

  test("the same seed gives the same parts, another seed other ones", () => {
    expect(groupSplit(groups, [0.5, 0.5], { seed: 1 })).toEqual(groupSplit(groups, [0.5, 0.5], { seed: 1 }));
    expect(groupSplit(groups, [0.5, 0.5], { seed: 1 })).not.toEqual(
      groupSplit(groups, [0.5, 0.5], { seed: 2 }),
    );
  });

  test("a part of fraction 0 stays empty", () => {
    expect(groupSplit([1, 2], [0, 1]).map(({ length }) => length)).toEqual([0, 2]);
  });

  test.each<[() => unknown, Error]>([
    [
      () => groupSplit([1, 1, 1], [0.5, 0.5]),
      new RangeError("groupSplit: part 1 with fraction 0.5 of 1 groups would be empty"),
    ],
    [
      () => groupSplit([1], [0.5, 0.6]),
      new RangeError(
        "groupSplit: fractions must be at least 0 and add up to 1, got [0.5, 0.6], which add up to 1.1",
      ),
    ],
    [
      () => groupSplit(new Set([1]) as never, [1]),
      new TypeError("groupSplit: groups must be a list of groups, got an object of Set"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});
