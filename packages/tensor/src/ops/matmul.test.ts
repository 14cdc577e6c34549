import { describe, expect, test } from "vitest";
import { ones, zeros } from "../create.ts";
import { einsum } from "../einsum/einsum.ts";
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

  test("of int32 keeps the low 32 bits of products beyond 2^53, as mul and prod do", () => {
    const x = tensor([[123456789, 987654321, -2147483648]], { dtype: "int32" });
    const y = tensor([[987654321], [123456789], [3]], { dtype: "int32" });
    const product = -67153019; // 123456789 * 987654321 modulo 2^32
    expect(
      x
        .slice(null, [0, 1])
        .matmul(y.slice([0, 1]))
        .item(),
    ).toBe(product);
    expect(
      x
        .slice(null, [0, 2])
        .matmul(y.slice([0, 2]))
        .item(),
    ).toBe(2 * product);
    expect(matmul(x, y).item()).toBe((2 * product - 2147483648) | 0);
    expect(
      x
        .slice(0, [null, null, -1])
        .dot(y.select(1, 0).flip([0]))
        .item(),
    ).toBe((2 * product - 2147483648) | 0);
    const [a, b] = [x.select(0, 0), y.select(1, 0)];
    expect(outer(a, b).select(0, 0).select(0, 0).item()).toBe(product);
    expect(einsum("ij,jk->ik", x, y).toArray()).toEqual([[(2 * product - 2147483648) | 0]]);
    expect(einsum("i,j->ij", a, b).toArray()).toEqual(outer(a, b).toArray());
  });

  test("of int32 multiplies batches and views like float64 does", () => {
    const x = arange(24).to("int32").reshape([2, 3, 4]).transpose(1, 2);
    const y = arange(30).to("int32").reshape([5, 2, 3]).sub(7).transpose(0, 1).transpose(1, 2);
    expect(matmul(x, y).toArray()).toEqual(matmul(x.to("float64"), y.to("float64")).toArray());
    const square = x.select(0, 1).transpose(0, 1);
    expect(matmul(x.contiguous(), square).toArray()).toEqual(
      matmul(x.to("float64"), square.to("float64")).toArray(),
    );
    expect(matmul(x.slice(null, [0, 0]), y.slice(null, null, [0, 0])).size).toBe(0);
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
