import { expect, test } from "vitest";
import { oneHot } from "./one-hot.ts";

test("each row is 1 at its id and 0 elsewhere", () => {
  expect(oneHot([1, 0, 1], 2)).toEqual(Float32Array.of(0, 1, 1, 0, 0, 1));
  expect(oneHot(Int32Array.of(2), 3)).toEqual(Float32Array.of(0, 0, 1));
  expect(oneHot([], 3)).toEqual(new Float32Array(0));
});

test("ids must be a list", () => {
  for (const ids of [3, "12", new Set([1])]) {
    expect(() => oneHot(ids as unknown as number[], 3)).toThrow(TypeError);
  }
  expect(() => oneHot(3 as unknown as number[], 3)).toThrow(
    new TypeError("oneHot: ids must be a list of ids, got 3"),
  );
});

test.each<[number[], number, string]>([
  [[0, 3], 3, "oneHot: ids[1] must be an integer in 0..2, got 3"],
  [[-1], 3, "oneHot: ids[0] must be an integer in 0..2, got -1"],
  [[0.5], 3, "oneHot: ids[0] must be an integer in 0..2, got 0.5"],
  [[0], 0, "oneHot: numClasses must be a positive integer, got 0"],
  [[0], Number.NaN, "oneHot: numClasses must be a positive integer, got NaN"],
])("oneHot(%j, %d) is refused", (ids, numClasses, message) => {
  expect(() => oneHot(ids, numClasses)).toThrow(new RangeError(message));
});

test("a result too large for any array is refused before it is allocated", () => {
  expect(() => oneHot([0, 1], 2 ** 40)).toThrow(
    new RangeError("oneHot: the result would have 2199023255552 elements; 2147483647 is the most"),
  );
});
