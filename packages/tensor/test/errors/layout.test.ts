import { type DType, ones, ShapeError, Tensor } from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

describe("laying out a tensor", () => {
  const data = new Float32Array(6);
  expectMessages([
    ["Tensor: shape [2,4] needs 8 elements, but data has 6", ShapeError, () => new Tensor(data, [2, 4])],
    [
      "Tensor: shape [2,3] needs 6 elements from offset 1, but data has 6",
      ShapeError,
      () => new Tensor(data, [2, 3], { offset: 1 }),
    ],
    [
      "Tensor: shape [1] needs 1 elements from offset -1, but data has 6",
      ShapeError,
      () => new Tensor(data, [1], { offset: -1 }),
    ],
    [
      "Tensor: strides [3] do not match shape [2,3]: 1 != 2 dimensions",
      ShapeError,
      () => new Tensor(data, [2, 3], { strides: [3] }),
    ],
    [
      "Tensor: shape [2,3] with strides [4,1] and offset 0 reaches 0..6, but data has 0..5",
      RangeError,
      () => new Tensor(data, [2, 3], { strides: [4, 1] }),
    ],
    ["Tensor: shape must be an array of dimensions, got 6", TypeError, () => new Tensor(data, wrong(6))],
    [
      "Tensor: strides must be an array of dimensions, got 1",
      TypeError,
      () => new Tensor(data, [6], { strides: wrong(1) }),
    ],
    ["Tensor: strides [1.5] must be integers", RangeError, () => new Tensor(data, [3], { strides: [1.5] })],
    [
      "Tensor: shape [3] with strides [-1] and offset 1 reaches -1..1, but data has 0..5",
      RangeError,
      () => new Tensor(data, [3], { strides: [-1], offset: 1 }),
    ],
    [
      "Tensor: data must be a Float32Array, Float64Array, Int32Array or Uint8Array, got Array",
      TypeError,
      () => new Tensor(wrong([1, 2]), [2]),
    ],
    [
      'Tensor: dtype is "float64", but a Float32Array stores float32',
      TypeError,
      () => new Tensor(data, [6], { dtype: "float64" }),
    ],
    ["item: shape [2] has 2 elements; item() reads a single one", ShapeError, () => ones([2]).item()],
    [
      'to: unknown dtype "double"; use float32, float64, int32 or bool',
      TypeError,
      () => ones([1]).to(wrong("double") as DType),
    ],
  ]);
});
