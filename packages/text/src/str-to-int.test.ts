import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { strToInt } from "./str-to-int.ts";

describe("strToInt", () => {
  test("reads decimal integers, with sign and whitespace around", () => {
    expect(strToInt()(["1", "+2", " -30\n", "007"])).toEqual([1, 2, -30, 7]);
    expect(strToInt()([["1"], [], ["-0"]])).toEqual([[1], [], [0]]);
  });

  test("gives back every integer that JavaScript holds exactly", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (integers) => {
        expect(strToInt()(integers.map(String))).toEqual(integers);
      }),
    );
  });

  test.each(["", " ", "1.5", "1e3", "0x1f", "1_000", "12a", "9007199254740992", "\u0663"])(
    "refuses %j",
    (text) => {
      expect(() => strToInt()(["1", text])).toThrow(
        new RangeError(
          `strToInt: [1] must be the decimals of an integer of at most 53 bits, got ${JSON.stringify(text)}`,
        ),
      );
    },
  );

  test("says where in a batch, and refuses what is not a string", () => {
    expect(() => strToInt()([["1"], ["2", 3 as never]])).toThrow(
      new RangeError("strToInt: [1][1] must be the decimals of an integer of at most 53 bits, got 3"),
    );
  });
});
