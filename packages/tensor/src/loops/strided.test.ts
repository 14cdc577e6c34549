import { describe, expect, test } from "vitest";
import { forEachRow, mergeDimensions } from "./strided.ts";

describe("mergeDimensions", () => {
  test("makes one row of contiguous operands", () => {
    expect(
      mergeDimensions(
        [2, 3, 4],
        [
          [12, 4, 1],
          [12, 4, 1],
        ],
      ),
    ).toEqual({ shape: [24], strides: [[1], [1]] });
  });

  test("merges what every operand steps through evenly, and only that", () => {
    // a matrix and a row stretched over it; a transposed pair of inner dimensions
    expect(
      mergeDimensions(
        [5, 2, 3],
        [
          [6, 3, 1],
          [0, 3, 1],
        ],
      ),
    ).toEqual({
      shape: [5, 6],
      strides: [
        [6, 1],
        [0, 1],
      ],
    });
    expect(mergeDimensions([5, 2, 3], [[6, 1, 2]])).toEqual({ shape: [5, 2, 3], strides: [[6, 1, 2]] });
  });

  test("drops dimensions of size 1 whatever their strides, but keeps one dimension", () => {
    expect(mergeDimensions([2, 1, 3], [[3, 77, 1]])).toEqual({ shape: [6], strides: [[1]] });
    expect(mergeDimensions([1, 1], [[5, 5]])).toEqual({ shape: [1], strides: [[0]] });
    expect(mergeDimensions([], [[]])).toEqual({ shape: [1], strides: [[0]] });
  });
});

describe("forEachRow", () => {
  function visits(shape: number[], strides: number[][], offsets: number[]): number[][] {
    const seen: number[][] = [];
    forEachRow(shape, strides, offsets, (row, at) => seen.push([row, ...at]));
    return seen;
  }

  test("counts rows like an odometer, the last outer dimension fastest", () => {
    const strides = [
      [100, 10, 1],
      [0, 5, 1],
    ];
    expect(visits([2, 2, 3], strides, [0, 7])).toEqual([
      [0, 0, 7],
      [3, 10, 12],
      [6, 100, 7],
      [9, 110, 12],
    ]);
  });

  test("visits nothing when there is nothing", () => {
    expect(visits([3, 0], [[1, 1]], [0])).toEqual([]);
    expect(visits([0, 3], [[1, 1]], [0])).toEqual([]);
  });

  test("steps backwards for negative strides", () => {
    expect(visits([3, 1], [[-2, 1]], [4])).toEqual([
      [0, 4],
      [1, 2],
      [2, 0],
    ]);
  });
});
