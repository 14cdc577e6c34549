import { describe, expect, test } from "vitest";
import { labelToIndex } from "./label-to-index.ts";

describe("labelToIndex", () => {
  test("numbers labels in the order of the names, or of their code points", () => {
    const names = ["test", "label", "indices"];
    expect(labelToIndex(names)(names)).toEqual([0, 1, 2]);
    expect(labelToIndex(names, { sortNames: true })(names)).toEqual([2, 1, 0]);
    expect(labelToIndex(new Set(["\ud83d\ude00", "\ufb01"]), { sortNames: true })("\ufb01")).toBe(0);
    expect(names).toEqual(["test", "label", "indices"]);
  });

  test.each<[() => unknown, Error]>([
    [
      () => labelToIndex(["pos", "neg"])("good"),
      new RangeError('labelToIndex: label "good" is none of the 2 names'),
    ],
    [
      () => labelToIndex(["pos", "neg"])(["pos", 1 as never]),
      new RangeError("labelToIndex: label 1 is none of the 2 names"),
    ],
    [
      () => labelToIndex(["pos"])(0 as never),
      new TypeError("labelToIndex: labels must be a string or an array of strings, got 0"),
    ],
    [() => labelToIndex("pos"), new TypeError('labelToIndex: labelNames must be a list of names, got "pos"')],
    [() => labelToIndex(["a", "a"]), new RangeError('labelToIndex: name "a" occurs twice, at 0 and 1')],
    [() => labelToIndex([3 as never]), new TypeError("labelToIndex: name 0 must be a string, got 3")],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
