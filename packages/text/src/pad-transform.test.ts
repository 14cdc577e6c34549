import { describe, expect, test } from "vitest";
import { padTransform } from "./pad-transform.ts";

describe("padTransform", () => {
  test("fills at the end or at the beginning, and never cuts", () => {
    expect(padTransform(4, 0)([1, 2])).toEqual([1, 2, 0, 0]);
    expect(padTransform(3, "<pad>", { paddingSide: "left" })([["a"], []])).toEqual([
      ["<pad>", "<pad>", "a"],
      ["<pad>", "<pad>", "<pad>"],
    ]);
    expect(padTransform(1, 0)([1, 2])).toEqual([1, 2]);
  });

  test.each<[() => unknown, Error]>([
    [
      () => padTransform(1.5, 0),
      new RangeError("padTransform: maxLength must be a non-negative integer, got 1.5"),
    ],
    [
      () => padTransform(2, 0, { paddingSide: "both" as never }),
      new RangeError('padTransform: paddingSide must be "left" or "right", got "both"'),
    ],
    [
      () => padTransform(2, undefined as never),
      new TypeError("padTransform: padValue must be a string or a number, got undefined"),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});

test("a length beyond any array is refused", () => {
  expect(() => padTransform(2 ** 40, 0)).toThrow(
    new RangeError("padTransform: the result would have 1099511627776 elements; 2147483647 is the most"),
  );
});
