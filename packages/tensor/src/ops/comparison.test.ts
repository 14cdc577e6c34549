import { describe, expect, test } from "vitest";
import { tensor } from "../from.ts";
import { eq, ge, gt, le, lt, ne } from "./comparison.ts";
import { isfinite, isinf, isnan, logicalAnd, logicalNot, logicalOr, logicalXor } from "./logical.ts";
import { where } from "./where.ts";

const x = tensor([1, 2, 3, NaN]);

describe("comparisons", () => {
  test("give bool and are false for NaN, except ne", () => {
    expect(eq(x, 2).toArray()).toEqual([false, true, false, false]);
    expect(ne(x, 2).toArray()).toEqual([true, false, true, true]);
    expect(lt(x, 2).toArray()).toEqual([true, false, false, false]);
    expect(le(x, 2).toArray()).toEqual([true, true, false, false]);
    expect(gt(x, 2).toArray()).toEqual([false, false, true, false]);
    expect(ge(x, 2).toArray()).toEqual([false, true, true, false]);
    expect(eq(x, x).dtype).toBe("bool");
  });

  test("compare in the wider dtype, a number rounded to its tensor's", () => {
    expect(eq(tensor([0.1]), 0.1).toArray()).toEqual([true]);
    expect(eq(tensor([0.1]), tensor([0.1], { dtype: "float64" })).toArray()).toEqual([false]);
    expect(lt(tensor([1, 2], { dtype: "int32" }), 1.5).toArray()).toEqual([true, false]);
    expect(eq(tensor([true, false]), 1).toArray()).toEqual([true, false]);
  });

  test("broadcast", () => {
    expect(gt(tensor([[1], [3]]), tensor([0, 2])).toArray()).toEqual([
      [true, false],
      [true, true],
    ]);
  });
});

describe("logic", () => {
  test("counts everything but zero as true, NaN too", () => {
    expect(logicalNot(tensor([0, -0, NaN, 5])).toArray()).toEqual([true, true, false, false]);
    expect(logicalAnd(tensor([0, 1, 2]), tensor([1, 0, NaN])).toArray()).toEqual([false, false, true]);
    expect(logicalOr(tensor([0, 1, 0]), tensor([0, 0, NaN])).toArray()).toEqual([false, true, true]);
    expect(logicalXor(tensor([0, 5, -0, 2]), tensor([0, 0, NaN, 3])).toArray()).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test("tells NaN and infinities apart", () => {
    const y = tensor([NaN, Infinity, -Infinity, 0]);
    expect(isnan(y).toArray()).toEqual([true, false, false, false]);
    expect(isinf(y).toArray()).toEqual([false, true, true, false]);
    expect(isfinite(y).toArray()).toEqual([false, false, false, true]);
    expect(isfinite(tensor([1], { dtype: "int32" })).toArray()).toEqual([true]);
  });
});

describe("where", () => {
  const condition = tensor([true, false, true]);

  test("chooses per element, and broadcasts all three", () => {
    expect(where(condition, tensor([1, 2, 3]), tensor([10, 20, 30])).toArray()).toEqual([1, 20, 3]);
    expect(where(condition, tensor([[1], [2]]), 0).toArray()).toEqual([
      [1, 0, 1],
      [2, 0, 2],
    ]);
    expect(where(condition, 1, 0).toArray()).toEqual([1, 0, 1]);
  });

  test("gives the wider dtype of its values", () => {
    const ints = tensor([1, 2, 3], { dtype: "int32" });
    expect(where(condition, ints, 0).dtype).toBe("int32");
    expect(where(condition, ints, tensor([1, 2, 3])).dtype).toBe("float32");
    expect(where(condition, tensor([0.5, 1.5, 2.5]), ints).dtype).toBe("float32");
    expect(where(condition, tensor([1, 2, 3], { dtype: "float64" }), 0.1).data[1]).toBe(0.1);
  });

  test("does not let a NaN that was not chosen through", () => {
    expect(where(condition, 1, NaN).toArray()).toEqual([1, NaN, 1]);
    expect(where(logicalNot(condition), NaN, 1).toArray()).toEqual([1, NaN, 1]);
  });

  test("reads views", () => {
    const mask = tensor([
      [true, false],
      [true, true],
    ]).transpose(0, 1);
    expect(where(mask, 1, 0).toArray()).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });
});
