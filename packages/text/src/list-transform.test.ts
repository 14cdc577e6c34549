import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addToken } from "./add-token.ts";
import { padTransform } from "./pad-transform.ts";
import { truncate } from "./truncate.ts";

// what one list becomes; the same rules hold for the lists of a batch
const transforms = {
  truncate: truncate<number>(2),
  addToken: addToken(0),
  padTransform: padTransform(3, 0),
};

describe.each(Object.entries(transforms))("%s", (name, transform) => {
  test("does to every list of a batch what it does to one list", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(9)), { minLength: 1 }), (lists) => {
        expect(transform(lists)).toEqual(lists.map((list) => transform(list)));
      }),
    );
  });

  test("leaves its input alone", () => {
    const lists = [[1, 2, 3], [4]];
    const copy = structuredClone(lists);
    for (const result of transform(lists)) result.push(9);
    expect(lists).toEqual(copy);
  });

  test.each<[unknown, string]>([
    ["a text", 'input must be an array, got "a text"'],
    [null, "input must be an array, got null"],
    [[[1], 2], "[1] must be an array, got 2"],
  ])("refuses %j", (input, problem) => {
    expect(() => transform(input as never)).toThrow(new TypeError(`${name}: ${problem}`));
  });
});
