import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { tensor } from "./from.ts";
import { arange } from "./ranges.ts";
import type { TensorJSON } from "./strided-array.ts";
import { Tensor } from "./tensor.ts";

describe("a tensor over given data", () => {
  test("wraps the array and reads the dtype from it", () => {
    const data = new Float64Array([1, 2, 3, 4, 5, 6]);
    const x = new Tensor(data, [2, 3]);
    expect(x.data).toBe(data);
    expect([x.dtype, x.size, x.ndim, x.offset, x.isContiguous]).toEqual(["float64", 6, 2, 0, true]);
    expect(x.strides).toEqual([3, 1]);
  });

  test("finds elements by strides and offset, which may be negative and repeat", () => {
    const data = new Int32Array([0, 1, 2, 3, 4, 5]);
    expect(new Tensor(data, [2, 2], { strides: [3, -1], offset: 2 }).toArray()).toEqual([
      [2, 1],
      [5, 4],
    ]);
    expect(new Tensor(data, [3, 2], { strides: [0, 5] }).toArray()).toEqual([
      [0, 5],
      [0, 5],
      [0, 5],
    ]);
    expect(new Tensor(data, [2], { offset: 4 }).toArray()).toEqual([4, 5]);
  });

  test("allows an empty tensor anywhere, and 0 dimensions", () => {
    expect(new Tensor(new Float32Array(0), [3, 0], { strides: [9, 9] }).toArray()).toEqual([[], [], []]);
    expect(new Tensor(new Float32Array([7]), []).item()).toBe(7);
  });

  test("accepts its dtype when it is stated", () => {
    expect(new Tensor(new Uint8Array([1, 0]), [2], { dtype: "bool" }).toArray()).toEqual([true, false]);
  });

  test("reads one element through any shape", () => {
    expect(new Tensor(new Float32Array([1, 2]), [1, 1], { offset: 1 }).item()).toBe(2);
  });

  test("is not changed by a write to the shape or strides it was made of, or to those of another tensor", () => {
    const shape = [2, 3];
    const strides = [3, 1];
    const x = new Tensor(new Int32Array(6), shape, { strides });
    const y = x.neg();
    const view = x.transpose(0, 1);
    shape[0] = 99;
    strides[0] = 99;
    expect([x.shape, x.strides]).toEqual([
      [2, 3],
      [3, 1],
    ]);
    (x.shape as number[])[1] = 99;
    (x.strides as number[])[1] = 99;
    expect([y.shape, y.strides]).toEqual([
      [2, 3],
      [3, 1],
    ]);
    expect([view.shape, view.strides]).toEqual([
      [3, 2],
      [1, 3],
    ]);
  });

  test("prints itself in Node's inspect", () => {
    const x = new Tensor(new Int32Array([1, 2]), [2]);
    expect(inspect({ x })).toBe("{ x: tensor([1, 2], shape=[2], dtype=int32) }");
    expect(`${x}`).toBe("tensor([1, 2], shape=[2], dtype=int32)");
  });
});

describe("copies and conversions", () => {
  test("a contiguous tensor is its own contiguous form, a view is copied in row-major order", () => {
    const x = new Tensor(new Float32Array([1, 2, 3, 4]), [2, 2]);
    expect(x.contiguous()).toBe(x);
    const copy = x.transpose(0, 1).contiguous();
    expect([Array.from(copy.data), copy.strides]).toEqual([
      [1, 3, 2, 4],
      [2, 1],
    ]);
  });

  test("a clone of a part holds only the part", () => {
    const x = new Tensor(new Float32Array([1, 2, 3, 4]), [4]);
    const part = x.slice([1, 3]).clone();
    expect(Array.from(part.data)).toEqual([2, 3]);
    expect(part.data.buffer).not.toBe(x.data.buffer);
  });

  test("conversion cuts off fractions, rounds to float32 and tests for zero", () => {
    const x = new Tensor(new Float64Array([1.75, -1.75, 0, NaN, 0.1]), [5]);
    expect(x.to("float64")).toBe(x);
    expect(Array.from(x.slice([0, 3]).to("int32").data)).toEqual([1, -1, 0]);
    expect(x.to("bool").toArray()).toEqual([true, true, false, true, true]);
    expect(x.to("float32").data[4]).toBe(Math.fround(0.1));
    expect(x.to("bool").to("float64").toArray()).toEqual([1, 1, 0, 1, 1]);
  });

  test("conversion reads views in their order", () => {
    const x = new Tensor(new Float32Array([1, 2, 3, 4]), [2, 2]);
    expect(x.transpose(0, 1).to("int32").toArray()).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});

describe("JSON", () => {
  const again = (x: Tensor): Tensor => {
    const { data, shape, dtype } = JSON.parse(JSON.stringify(x)) as TensorJSON;
    return tensor(data, { shape, dtype });
  };

  test("has the elements of a view in row-major order, not the array behind it", () => {
    const view = arange(1000).reshape([10, 100]).slice([1, 3], [4, 0, -2]).transpose(0, 1);
    expect(JSON.stringify({ view })).toBe(
      '{"view":{"dtype":"int32","shape":[2,2],"data":[104,204,102,202]}}',
    );
    expect(again(view).toArray()).toEqual(view.toArray());
  });

  test("makes an equal tensor of every dtype and shape", () => {
    const values = tensor([[0.1, -2.5, 1e30]]);
    for (const dtype of ["float32", "float64", "bool"] as const) {
      const x = values.to(dtype);
      expect(again(x)).toEqual(x);
    }
    for (const x of [tensor([7, -7], { dtype: "int32" }), tensor(0.1), tensor([[], []]), tensor(true)]) {
      expect(again(x)).toEqual(x);
    }
  });

  test("has null for what JSON cannot hold, and tensor refuses it", () => {
    const text = JSON.stringify(tensor([NaN, 1, -Infinity]));
    expect(text).toBe('{"dtype":"float32","shape":[3],"data":[null,1,null]}');
    expect(() => again(tensor([1, NaN]))).toThrow("tensor: expected a number or boolean at [1], got null");
  });
});
