import { describe, expect, test } from "vitest";
import { full, ones, zeros } from "../create.ts";
import { tensor } from "../from.ts";
import { diagonal } from "./diagonal.ts";
import { maskedFill, maskedSelect } from "./masked.ts";
import { nonzero } from "./nonzero.ts";
import { pad } from "./pad.ts";
import { repeatInterleave, tile } from "./repeat.ts";
import { roll } from "./roll.ts";
import { scatter, scatterAdd, scatterReduce } from "./scatter.ts";
import { tril, triu } from "./triangle.ts";

const ints = (values: number | number[] | number[][]) => tensor(values, { dtype: "int32" });

test("the source is never written to, even where nothing changes", () => {
  const x = ones([2]);
  for (const y of [pad(x, []), roll(x, 0), roll(x, [], []), tile(x, [1]), scatter(x, 0, ints([]), 1)]) {
    expect(y.data).not.toBe(x.data);
    expect(y.toArray()).toEqual([1, 1]);
  }
});

describe("dtypes", () => {
  test("int32 wraps around, also in products whose float64 value is not exact", () => {
    const large = full([1], 2 ** 30 + 1, { dtype: "int32" });
    const index = ints([0, 0]);
    expect(scatterAdd(large, 0, index, tile(large, [2])).item()).toBe(3 * (2 ** 30 + 1) - 2 ** 32);
    const cube = BigInt.asIntN(32, BigInt(2 ** 30 + 1) ** 3n);
    expect(scatterReduce(large, 0, index, tile(large, [2]), "prod").item()).toBe(Number(cube));
  });

  test("of NaN and a number, the extremum is NaN", () => {
    const index = ints([0, 1]);
    expect(scatterReduce(tensor([NaN, 1]), 0, index, tensor([1, NaN]), "amax").toArray()).toEqual([NaN, NaN]);
    expect(scatterReduce(tensor([NaN, 1]), 0, index, tensor([1, NaN]), "amin").toArray()).toEqual([NaN, NaN]);
  });

  test("bool tensors are filled, padded, scattered and picked from", () => {
    const mask = tensor([true, false]);
    expect(maskedFill(mask, mask.logicalNot(), 5).toArray()).toEqual([true, true]);
    expect(pad(mask, [1, 0], { value: 2 }).toArray()).toEqual([true, true, false]);
    expect(scatter(mask, 0, ints([1]), 1).toArray()).toEqual([true, true]);
    expect(maskedSelect(mask, mask).toArray()).toEqual([true]);
    expect(triu(ones([2, 2], { dtype: "bool" }), 1).toArray()).toEqual([
      [false, true],
      [false, false],
    ]);
  });
});

describe("nothing and almost nothing", () => {
  test("0-d tensors", () => {
    expect(scatter(tensor(5), 0, ints(0), 7).item()).toBe(7);
    expect(nonzero(tensor(5)).shape).toEqual([1, 0]);
    expect(nonzero(tensor(0)).shape).toEqual([0, 0]);
    expect(maskedSelect(tensor(5), tensor([true, true])).toArray()).toEqual([5, 5]);
    expect(pad(tensor(5), []).item()).toBe(5);
    expect(roll(tensor(5), 3).item()).toBe(5);
    expect(tile(tensor(5), [2]).toArray()).toEqual([5, 5]);
    expect(repeatInterleave(tensor(5), 2).toArray()).toEqual([5, 5]);
  });

  test("empty tensors", () => {
    const none = zeros([2, 0]);
    expect(pad(none, [0, 0, 1, 1]).shape).toEqual([4, 0]);
    expect(pad(none, [0, 0, 1, 1], { mode: "reflect" }).shape).toEqual([4, 0]);
    expect(pad(zeros([0]), [1, 2]).toArray()).toEqual([0, 0, 0]);
    expect(roll(none, 1).shape).toEqual([2, 0]);
    expect(roll(none, 1, 1).shape).toEqual([2, 0]);
    expect(tile(none, [2, 2]).shape).toEqual([4, 0]);
    expect(repeatInterleave(none, 3, 0).shape).toEqual([6, 0]);
    expect(triu(none).shape).toEqual([2, 0]);
    expect(tril(zeros([0, 3])).shape).toEqual([0, 3]);
    expect(diagonal(none).shape).toEqual([0]);
    expect(diagonal(ones([2, 2]), 7).shape).toEqual([0]);
    expect(nonzero(none).shape).toEqual([0, 2]);
  });

  test("no elements are made room for where there are none", () => {
    expect(pad(zeros([0, 1]), [0, 2 ** 33]).shape).toEqual([0, 2 ** 33 + 1]);
    expect(repeatInterleave(zeros([0, 1]), 2 ** 33, 1).shape).toEqual([0, 2 ** 33]);
  });
});

test("roll takes shifts longer than the dimension, in both directions", () => {
  const x = tensor([1, 2, 3]);
  expect(roll(x, 7).toArray()).toEqual([3, 1, 2]);
  expect(roll(x, -7).toArray()).toEqual([2, 3, 1]);
  expect(roll(x, Number.MAX_SAFE_INTEGER).toArray()).toEqual([3, 1, 2].map((_, i) => [1, 2, 3][(i + 2) % 3]));
});
