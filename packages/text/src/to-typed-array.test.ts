import { describe, expect, test } from "vitest";
import { toTypedArray } from "./to-typed-array.ts";

describe("toTypedArray", () => {
  test("makes an Int32Array of a list", () => {
    expect(toTypedArray()([1, -2])).toEqual(Int32Array.of(1, -2));
    expect(toTypedArray({ padIndex: 9 })([])).toEqual(new Int32Array(0));
  });

  test("makes a padded batch of lists", () => {
    expect(toTypedArray({ padIndex: 9 })([[1], [2, 3], []])).toEqual({
      data: Int32Array.of(1, 9, 2, 3, 9, 9),
      shape: [3, 2],
      lengths: Int32Array.of(1, 2, 0),
    });
  });

  test("lists of one length need no padding", () => {
    expect(
      toTypedArray()([
        [1, 2],
        [3, 4],
      ]).data,
    ).toEqual(Int32Array.of(1, 2, 3, 4));
  });

  test.each<[() => unknown, Error]>([
    [
      () => toTypedArray()([[1], [2], [3, 4]]),
      new RangeError("toTypedArray: list 0 has 1 ids and list 2 has 2; pass padIndex"),
    ],
    [
      () => toTypedArray({ padIndex: 0.5 }),
      new RangeError("toTypedArray: padIndex must be an integer in -2147483648..2147483647, got 0.5"),
    ],
    [
      () => toTypedArray()([1, 2 ** 31]),
      new RangeError("toTypedArray: [1] must be an integer in -2147483648..2147483647, got 2147483648"),
    ],
    [
      () => toTypedArray()([[1], [Number.NaN]]),
      new RangeError("toTypedArray: [1][0] must be an integer in -2147483648..2147483647, got NaN"),
    ],
    [() => toTypedArray()([[1], 2] as never), new TypeError("toTypedArray: [1] must be an array, got 2")],
    [() => toTypedArray()("1" as never), new TypeError('toTypedArray: input must be an array, got "1"')],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
