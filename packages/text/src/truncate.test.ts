import { describe, expect, test } from "vitest";
import { truncate } from "./truncate.ts";

describe("truncate", () => {
  test("keeps the first elements, or the last", () => {
    expect(truncate(2)(["a", "b", "c"])).toEqual(["a", "b"]);
    expect(truncate(2, { truncationSide: "left" })([["a", "b", "c"], ["d"]])).toEqual([["b", "c"], ["d"]]);
    expect(truncate(0, { truncationSide: "left" })([1, 2])).toEqual([]);
    expect(truncate(5)([1, 2])).toEqual([1, 2]);
    expect(truncate(5, { truncationSide: "left" })([1, 2, 3])).toEqual([1, 2, 3]);
    expect(truncate(5)([])).toEqual([]);
  });

  test.each<[() => unknown, Error]>([
    [() => truncate(-1), new RangeError("truncate: maxLength must be a non-negative integer, got -1")],
    [
      () => truncate(2, { truncationSide: "end" as never }),
      new RangeError('truncate: truncationSide must be "left" or "right", got "end"'),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
