import { describe, expect, test } from "vitest";
import { zeros } from "../create.ts";
import { tensor } from "../from.ts";
import { cummax, cumprod } from "./cumulative.ts";
import { oneHot } from "./one-hot.ts";
import { searchsorted } from "./search-sorted.ts";
import { argsort, sort, topk } from "./sort.ts";
import { unique } from "./unique.ts";

const ints = (values: number | number[]) => tensor(values, { dtype: "int32" });

describe("dtypes", () => {
  test("values keep theirs, positions and counts are int32", () => {
    const x = tensor([true, false, true]);
    expect(sort(x).values.toArray()).toEqual([false, true, true]);
    expect(sort(x).indices.dtype).toBe("int32");
    expect(topk(ints([1, 2]), 1).values.dtype).toBe("int32");
    expect(unique(x).values.toArray()).toEqual([false, true]);
    expect(unique(x).counts.dtype).toBe("int32");
    expect(oneHot(ints([1]), 2, { dtype: "bool" }).toArray()).toEqual([[false, true]]);
    expect(oneHot(ints([1])).dtype).toBe("int32");
  });

  test("running products of int32 wrap around exactly, of bool count", () => {
    const x = 2 ** 30 + 3;
    const cube = Number(BigInt.asIntN(32, BigInt(x) ** 3n));
    expect(cumprod(ints([x, x, x]), 0).toArray()[2 as never]).toBe(cube);
    expect(cumprod(tensor([true, false, true]), 0).toArray()).toEqual([1, 0, 0]);
    expect(cumprod(tensor([true]), 0).dtype).toBe("int32");
  });
});

describe("nothing and almost nothing", () => {
  test("0-d tensors", () => {
    expect(sort(tensor(5)).values.item()).toBe(5);
    expect(argsort(tensor(5)).shape).toEqual([]);
    expect(cummax(tensor(5), 0).values.item()).toBe(5);
    expect(unique(tensor(5)).values.toArray()).toEqual([5]);
    expect(unique(tensor(5)).inverse.shape).toEqual([]);
    expect(oneHot(ints(1), 2).toArray()).toEqual([0, 1]);
    expect(searchsorted(tensor([1, 2]), tensor(2)).item()).toBe(1);
  });

  test("empty tensors", () => {
    expect(sort(zeros([2, 0])).values.shape).toEqual([2, 0]);
    expect(topk(zeros([0, 2]), 1).values.shape).toEqual([0, 1]);
    expect(unique(zeros([0])).values.shape).toEqual([0]);
    expect(unique(zeros([0, 3]), { dim: 0 }).values.shape).toEqual([0, 3]);
    expect(unique(zeros([3, 0]), { dim: 0 }).counts.toArray()).toEqual([3]);
    expect(cummax(zeros([2, 0]), 1).indices.shape).toEqual([2, 0]);
    expect(oneHot(ints([]), 3).shape).toEqual([0, 3]);
    expect(searchsorted(zeros([0]), tensor([1])).toArray()).toEqual([0]);
  });
});

test("unique takes zeros of both signs for one number", () => {
  expect(unique(tensor([0, -0])).counts.toArray()).toEqual([2]);
});

test("searchsorted puts NaN behind everything", () => {
  expect(searchsorted(tensor([1, Infinity, NaN]), tensor([NaN])).toArray()).toEqual([2]);
  expect(searchsorted(tensor([1, Infinity, NaN]), tensor([NaN]), { right: true }).toArray()).toEqual([3]);
});
