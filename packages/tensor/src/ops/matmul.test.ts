import { describe, expect, test } from "vitest";
import { ones, zeros } from "../create.ts";
import { tensor } from "../from.ts";
import { arange } from "../ranges.ts";
import { matmul } from "./matmul.ts";
import { dot, outer } from "./products.ts";

const a = arange(6, { dtype: "float32" }).reshape([2, 3]); // [[0, 1, 2], [3, 4, 5]]

describe("matmul", () => {
  test("takes a vector as a row on the left and a column on the right", () => {
    expect(matmul(tensor([1, 2]), a).toArray()).toEqual([6, 9, 12]);
    expect(matmul(a, tensor([1, 0, -1])).toArray()).toEqual([-2, -2]);
    expect(matmul(tensor([1, 2]), tensor([3, 4])).toArray()).toBe(11);
  });

  test("gives shapes of the batches broadcast together", () => {
    const shape = (x: number[], y: number[]) => matmul(ones(x), ones(y)).shape;
    expect(shape([5, 1, 2, 3], [4, 3, 7])).toEqual([5, 4, 2, 7]);
    expect(shape([5, 2, 3], [3])).toEqual([5, 2]);
    expect(shape([3], [5, 3, 7])).toEqual([5, 7]);
    expect(shape([5, 2, 3], [3, 7])).toEqual([5, 2, 7]);
    expect(shape([0, 2, 3], [3, 7])).toEqual([0, 2, 7]);
  });

  test("multiplies each pair of a batch, stretched and strided ones too", () => {
    const batch = arange(12, { dtype: "float32" }).reshape([2, 2, 3]);
    const want = [
      [
        [5, 14],
        [14, 50],
      ],
      [
        [23, 86],
        [32, 122],
      ],
    ];
    expect(matmul(batch, a.transpose(0, 1)).toArray()).toEqual(want);
    expect(matmul(batch, a.unsqueeze(0).transpose(1, 2)).toArray()).toEqual(want);
    expect(
      matmul(batch.permute([1, 0, 2]).contiguous().permute([1, 0, 2]), a.transpose(0, 1)).toArray(),
    ).toEqual(want);
  });

  test("over an inner dimension of nothing is zero", () => {
    expect(matmul(zeros([2, 0]), zeros([0, 3])).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("of int32 is int32 and wraps around", () => {
    const x = tensor([[65536, 1]], { dtype: "int32" });
    const y = tensor([[65536], [7]], { dtype: "int32" });
    expect(matmul(x, y).toArray()).toEqual([[7]]);
    expect(matmul(x, y).dtype).toBe("int32");
  });

  test("of float64 keeps float64", () => {
    const x = tensor([[0.1, 0.2]], { dtype: "float64" });
    expect(matmul(x, x.transpose(0, 1)).data[0]).toBe(0.1 * 0.1 + 0.2 * 0.2);
  });

  test("lets NaN and infinities through", () => {
    expect(matmul(tensor([[NaN, 1]]), tensor([[0], [1]])).toArray()).toEqual([[NaN]]);
    expect(matmul(tensor([[Infinity, 1]]), tensor([[0], [1]])).toArray()).toEqual([[NaN]]);
  });
});

describe("vector products", () => {
  test("dot is one number and outer all of them", () => {
    expect(dot(tensor([1, 2, 3]), tensor([4, 5, 6])).item()).toBe(32);
    expect(outer(tensor([1, 2]), tensor([3, 4])).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(outer(tensor([1, 2], { dtype: "int32" }), tensor([0.5])).dtype).toBe("float32");
    expect(outer(zeros([0]), ones([2])).shape).toEqual([0, 2]);
  });
});
