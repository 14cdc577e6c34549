import { expectClose } from "@internal/testing";
import { describe, expect, test } from "vitest";
import { ones, zeros } from "../create.ts";
import { ShapeError } from "../errors.ts";
import { tensor } from "../from.ts";
import { arange } from "../ranges.ts";
import { matmul } from "./matmul.ts";
import { PackedMatrix } from "./packed-matrix.ts";

describe("PackedMatrix", () => {
  const b = arange(12).div(7).reshape([3, 4]);

  test("gives what matmul gives, for vectors, matrices, batches and views", () => {
    const packed = new PackedMatrix(b);
    const x = arange(30).sub(11).div(3);
    for (const a of [
      x.slice([0, 3]),
      x.slice([null, 6, 2]),
      x.reshape([10, 3]),
      x.reshape([3, 10]).transpose(0, 1),
      x.reshape([10, 3]).flip(0),
      x.reshape([2, 5, 3]),
      x.reshape([5, 3, 2]).transpose(1, 2),
    ]) {
      const got = packed.multiply(a);
      const want = matmul(a, b);
      expect(got.shape).toEqual(want.shape);
      expectClose(got.data, want.data);
    }
    const transposed = new PackedMatrix(b.transpose(0, 1));
    expectClose(transposed.multiply(ones([4])).data, b.sum({ dim: 1 }).data);
  });

  test("float64 stays float64", () => {
    const packed = new PackedMatrix(tensor([[0.1]], { dtype: "float64" }));
    expect(packed.multiply(tensor([3], { dtype: "float64" })).item()).toBe(0.1 * 3);
  });

  test("of nothing, sums are zero", () => {
    expect(new PackedMatrix(zeros([0, 2])).multiply(zeros([3, 0])).toArray()).toEqual(
      zeros([3, 2]).toArray(),
    );
    expect(new PackedMatrix(zeros([2, 0])).multiply(zeros([3, 2])).shape).toEqual([3, 0]);
    expect(new PackedMatrix(zeros([2, 4])).multiply(zeros([0, 2])).shape).toEqual([0, 4]);
  });

  test("says what does not fit", () => {
    expect(() => new PackedMatrix(ones([3]))).toThrow(
      new ShapeError("PackedMatrix: shape [3] has 1 dimensions, expected a matrix [k, n]"),
    );
    expect(() => new PackedMatrix(ones([2, 2], { dtype: "int32" }))).toThrow(
      new TypeError(
        'PackedMatrix: dtype is int32, expected float32 or float64; convert with .to("float32") first',
      ),
    );
    expect(() => new PackedMatrix([[1]] as never)).toThrow(
      new TypeError("PackedMatrix: expected a tensor, got Array"),
    );
    const packed = new PackedMatrix(b);
    expect(() => packed.multiply(ones([2, 4]))).toThrow(
      new ShapeError("PackedMatrix.multiply: shapes [2,4] and [3,4] do not align: 4 (dim 1) != 3 (dim 0)"),
    );
    expect(() => packed.multiply(tensor(1))).toThrow(
      new ShapeError("PackedMatrix.multiply: shapes [] and [3,4] do not align: a 0-d tensor has no columns"),
    );
    expect(() => packed.multiply(ones([3], { dtype: "float64" }))).toThrow(
      new TypeError(
        'PackedMatrix.multiply: dtypes float64 and float32 differ; convert with .to("float32") first',
      ),
    );
  });
});
