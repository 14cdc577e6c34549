import { describe, expect, test } from "vitest";
import type { DType } from "../dtype.ts";
import { tensor } from "../from.ts";
import { add, maximum, minimum, mul, sub } from "./arithmetic.ts";
import { div } from "./div.ts";
import type { Operand } from "./elementwise.ts";

const ints = (values: number[]) => tensor(values, { dtype: "int32" });
const truths = tensor([true, true, false]);

describe("arithmetic", () => {
  test("computes in the wider dtype of two tensors", () => {
    const sum = (a: DType, b: DType) => add(tensor([1], { dtype: a }), tensor([1], { dtype: b })).dtype;
    expect(sum("bool", "int32")).toBe("int32");
    expect(sum("int32", "float32")).toBe("float32");
    expect(sum("float64", "float32")).toBe("float64");
    expect(sum("bool", "bool")).toBe("bool");
  });

  test("a number takes the dtype of its tensor, but fractions make whole numbers float32", () => {
    expect(add(ints([1]), 2).dtype).toBe("int32");
    expect(mul(0.5, ints([3])).toArray()).toEqual([1.5]);
    expect(add(tensor([1], { dtype: "float64" }), 0.1).data[0]).toBe(1.1);
    expect(add(tensor([1]), 0.1).dtype).toBe("float32");
    expect(mul(truths, 3).toArray()).toEqual([3, 3, 0]);
    expect(add(1, 2).item()).toBe(3);
  });

  test("float32 results are rounded once from exact operands", () => {
    expect(add(tensor([0.1]), tensor([0.2])).data[0]).toBe(Math.fround(Math.fround(0.1) + Math.fround(0.2)));
  });

  test("int32 wraps around and keeps the low bits of products", () => {
    expect(add(ints([2147483647]), 1).toArray()).toEqual([-2147483648]);
    expect(mul(ints([123456789]), ints([987654321])).toArray()).toEqual([Math.imul(123456789, 987654321)]);
  });

  test("division is in fractions and by zero follows IEEE", () => {
    expect(div(ints([1, -1, 0]), 0).toArray()).toEqual([Infinity, -Infinity, NaN]);
    expect([div(ints([1]), ints([2])).dtype, div(truths, truths).dtype]).toEqual(["float32", "float32"]);
    expect(div(1, tensor([4], { dtype: "float64" })).dtype).toBe("float64");
  });

  test("sums of truth values are 'or', products 'and'", () => {
    expect(add(truths, tensor([true, false, false])).toArray()).toEqual([true, true, false]);
    expect(mul(truths, tensor([true, false, false])).toArray()).toEqual([true, false, false]);
  });

  test("NaN wins maximum and minimum from either side", () => {
    const x = tensor([NaN, 1, 2]);
    const y = tensor([1, NaN, 3]);
    expect(maximum(x, y).toArray()).toEqual([NaN, NaN, 3]);
    expect(minimum(x, y).toArray()).toEqual([NaN, NaN, 2]);
  });

  test("subtraction keeps the order of its operands", () => {
    expect(sub(10, tensor([1, 2])).toArray()).toEqual([9, 8]);
    expect(sub(tensor([1, 2]), 10).toArray()).toEqual([-9, -8]);
  });

  test("rows, columns and numbers stretch over matrices", () => {
    const x = ints([0, 1, 2, 3, 4, 5]).reshape([2, 3]);
    const cases: [Operand, number[][]][] = [
      [
        ints([10, 20, 30]),
        [
          [10, 21, 32],
          [13, 24, 35],
        ],
      ],
      [
        ints([10, 20]).unsqueeze(1),
        [
          [10, 11, 12],
          [23, 24, 25],
        ],
      ],
      [
        ints([7]),
        [
          [7, 8, 9],
          [10, 11, 12],
        ],
      ],
      [
        x.transpose(0, 1).contiguous().transpose(0, 1),
        [
          [0, 2, 4],
          [6, 8, 10],
        ],
      ],
    ];
    for (const [other, want] of cases) {
      expect(add(x, other).toArray()).toEqual(want);
      expect(add(other, x).toArray()).toEqual(want);
    }
  });

  test("a repeated block with a leading dimension keeps its place", () => {
    const x = ints([0, 1, 2, 3, 4, 5, 6, 7]).reshape([2, 2, 2]);
    const block = ints([10, 20, 30, 40]).reshape([2, 2]);
    expect(add(block, x).toArray()).toEqual([
      [
        [10, 21],
        [32, 43],
      ],
      [
        [14, 25],
        [36, 47],
      ],
    ]);
  });

  test("operands are not changed", () => {
    const x = tensor([1, 2]);
    add(x, 1);
    expect(x.toArray()).toEqual([1, 2]);
  });
});
