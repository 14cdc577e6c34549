import { describe, expect, test } from "vitest";
import { broadcastStrides, contiguousStrides, isRowMajor, normalizeDim, sizeOf } from "./shape.ts";

describe("shape", () => {
  test("the size of a 0-d shape is one and any zero makes it nothing", () => {
    expect([sizeOf("f", []), sizeOf("f", [2, 3]), sizeOf("f", [4, 0, 2])]).toEqual([1, 6, 0]);
  });

  test("sizes whose product overflows are refused even beside a zero", () => {
    expect(() => sizeOf("f", [1e200, 1e200, 0])).toThrow("f: shape [1e+200,1e+200,0] has NaN elements");
  });

  test("row-major strides count elements from the last dimension", () => {
    expect(contiguousStrides([2, 3, 4])).toEqual([12, 4, 1]);
    expect(contiguousStrides([])).toEqual([]);
  });

  test("strides of dimensions of size 1 do not matter for being row-major", () => {
    expect(isRowMajor([2, 1, 3], [3, 99, 1])).toBe(true);
    expect(isRowMajor([2, 3], [1, 2])).toBe(false);
    expect(isRowMajor([0, 3], [7, 7])).toBe(true);
  });

  test("stretched dimensions get stride 0", () => {
    expect(broadcastStrides([4, 2, 3], [2, 1], [5, 1])).toEqual([0, 5, 0]);
  });

  test("negative dimensions count from the end, and a 0-d tensor has one to name", () => {
    expect([normalizeDim("f", -1, 3), normalizeDim("f", 2, 3), normalizeDim("f", -1, 0)]).toEqual([2, 2, 0]);
  });
});
