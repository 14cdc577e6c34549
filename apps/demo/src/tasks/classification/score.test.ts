import { describe, expect, it } from "vitest";
import { interval, majority, scoreOf } from "./score.ts";

describe("scoreOf", () => {
  it("counts, and weighs classes equally in the balanced accuracy", () => {
    const score = scoreOf([0, 0, 0, 0], [0, 0, 0, 1]);
    expect(score).toEqual({ right: 3, count: 4, accuracy: 0.75, balanced: 0.5 });
  });
});

describe("majority", () => {
  it("finds the most frequent class", () => {
    expect(majority([2, 1, 2, 0])).toBe(2);
  });
});

describe("interval", () => {
  it("is Wilson's: 250 of 300 lie between 0.7870 and 0.8712", () => {
    const [low, high] = interval({ right: 250, count: 300 });
    expect(low).toBeCloseTo(0.787, 3);
    expect(high).toBeCloseTo(0.8712, 3);
  });

  it("stays within 0..1 at the ends", () => {
    expect(interval({ right: 0, count: 10 })[0]).toBeCloseTo(0, 12);
    expect(interval({ right: 10, count: 10 })[1]).toBeCloseTo(1, 12);
  });
});
