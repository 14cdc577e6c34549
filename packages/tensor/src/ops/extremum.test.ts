import { describe, expect, test } from "vitest";
import { zeros } from "../create.ts";
import { tensor } from "../from.ts";
import { argmax, argmin } from "./arg-extremum.ts";
import { max, min } from "./extremum.ts";

const x = tensor([
  [1, 5, 2],
  [7, 0, 7],
]);

describe("max and min", () => {
  test("of everything are one number of the same dtype", () => {
    expect([max(x).item(), min(x).item(), max(x).shape]).toEqual([7, 0, []]);
    expect(max(tensor([true, false])).toArray()).toBe(true);
    expect(min(tensor([-3, 2], { dtype: "int32" })).dtype).toBe("int32");
  });

  test("along a dimension come with the index of the first of equals", () => {
    const { values, indices } = max(x, { dim: 1 });
    expect([values.toArray(), indices.toArray(), indices.dtype]).toEqual([[5, 7], [1, 0], "int32"]);
    const columns = min(x, { dim: 0, keepdim: true });
    expect([columns.values.toArray(), columns.indices.toArray()]).toEqual([[[1, 0, 2]], [[0, 1, 0]]]);
  });

  test("read views and a middle dimension", () => {
    const cube = tensor([
      [
        [1, 8],
        [3, 2],
      ],
      [
        [9, 0],
        [4, 4],
      ],
    ]);
    expect(max(cube, { dim: 1 }).values.toArray()).toEqual([
      [3, 8],
      [9, 4],
    ]);
    expect(max(cube, { dim: 1 }).indices.toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(max(x.transpose(0, 1), { dim: 1 }).values.toArray()).toEqual([7, 5, 7]);
    expect(max(x.slice([1, 2]), { dim: 1 }).indices.toArray()).toEqual([0]);
  });

  test("NaN is both the largest and the smallest, the first one counts", () => {
    const y = tensor([
      [1, NaN, 3],
      [NaN, NaN, 0],
    ]);
    for (const f of [max, min]) {
      expect(f(y, { dim: 1 }).values.toArray()).toEqual([NaN, NaN]);
      expect(f(y, { dim: 1 }).indices.toArray()).toEqual([1, 0]);
      expect(f(y).item()).toBeNaN();
    }
  });

  test("infinities compare as numbers", () => {
    const y = tensor([-Infinity, -Infinity]);
    expect([max(y, { dim: 0 }).values.item(), max(y, { dim: 0 }).indices.item()]).toEqual([-Infinity, 0]);
  });

  test("of no rows are no numbers", () => {
    expect(max(zeros([0, 3]), { dim: 1 }).values.shape).toEqual([0]);
  });
});

describe("argmax and argmin", () => {
  test("of everything index in row-major order, also of views", () => {
    expect([argmax(x).item(), argmin(x).item()]).toEqual([3, 4]);
    expect(argmax(x.transpose(0, 1)).item()).toBe(1);
    expect(argmax(x, { keepdim: true }).shape).toEqual([1, 1]);
  });

  test("along a dimension", () => {
    expect(argmax(x, { dim: 0 }).toArray()).toEqual([1, 0, 1]);
    expect(argmin(x, { dim: -1, keepdim: true }).toArray()).toEqual([[0], [1]]);
  });
});
