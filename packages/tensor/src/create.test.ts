import { describe, expect, test } from "vitest";
import { empty, eye, full, fullLike, ones, onesLike, zeros, zerosLike } from "./create.ts";
import { tensor } from "./from.ts";
import { arange, linspace } from "./ranges.ts";

describe("filled tensors", () => {
  test("have the dtype asked for, float32 if none", () => {
    expect([zeros([1]).dtype, ones([1], { dtype: "int32" }).dtype]).toEqual(["float32", "int32"]);
    expect(full([2], NaN).toArray()).toEqual([NaN, NaN]);
    expect(full([2], 3, { dtype: "bool" }).data).toEqual(new Uint8Array([1, 1]));
    expect(empty([2, 0]).shape).toEqual([2, 0]);
  });

  test("keep their own copy of the shape", () => {
    const shape = [2];
    const x = zeros(shape);
    shape[0] = 5;
    expect(x.shape).toEqual([2]);
  });

  test("like another take its shape and dtype, not its strides", () => {
    const view = arange(6).reshape([2, 3]).transpose(0, 1);
    expect([zerosLike(view).shape, zerosLike(view).dtype, zerosLike(view).strides]).toEqual([
      [3, 2],
      "int32",
      [2, 1],
    ]);
    expect(onesLike(view, { dtype: "float64" }).dtype).toBe("float64");
    expect(fullLike(tensor([true]), 1).toArray()).toEqual([true]);
  });

  test("eye has ones where row and column agree", () => {
    expect(eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(eye(3, 2).toArray()).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(eye(0).shape).toEqual([0, 0]);
  });
});

describe("arange", () => {
  test("is int32 for whole numbers and float32 for others", () => {
    expect(arange(3).dtype).toBe("int32");
    expect(arange(0, 1, { step: 0.5 }).dtype).toBe("float32");
    expect(arange(3, { dtype: "float64" }).toArray()).toEqual([0, 1, 2]);
  });

  test("stops before its end, in either direction", () => {
    expect(arange(1, 6, { step: 2 }).toArray()).toEqual([1, 3, 5]);
    expect(arange(3, 0, { step: -2 }).toArray()).toEqual([3, 1]);
    expect(arange(2, 2).shape).toEqual([0]);
    expect(Object.is(arange(0, 0, { step: -1 }).shape[0], 0)).toBe(true);
  });
});

describe("linspace", () => {
  test("has exact ends", () => {
    const x = linspace(0.1, 0.7, 7, { dtype: "float64" });
    expect([x.data[0], x.data[6]]).toEqual([0.1, 0.7]);
    expect(linspace(1, 5, 1).toArray()).toEqual([1]);
    expect(linspace(1, 5, 0).shape).toEqual([0]);
  });

  test("counts the second half back from its end, as PyTorch does", () => {
    const x = linspace(0, 1, 11, { dtype: "float64" });
    expect(x.data[7]).toBe(1 - 3 * 0.1);
    expect(x.data[3]).toBe(3 * 0.1);
    const step = (0.7 - 0.1) / 6;
    expect(0.7 - 3 * step).not.toBe(0.1 + 3 * step);
    expect(linspace(0.1, 0.7, 7, { dtype: "float64" }).data[3]).toBe(0.7 - 3 * step);
  });
});
