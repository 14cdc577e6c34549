import { Tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { toNumbers, toTensor } from "./tensors.ts";
import { NotApplicable } from "./verdict.ts";

describe("toTensor", () => {
  test("reads every stored dtype", () => {
    expect(toTensor({ dtype: "float32", shape: [2], data: [0.1, "-Infinity"] }).data).toEqual(
      Float32Array.of(0.1, -Infinity),
    );
    expect(toTensor({ dtype: "float64", shape: [1], data: [0.1] }).data).toEqual(Float64Array.of(0.1));
    expect(toTensor({ dtype: "int64", shape: [1], data: [-3] }).data).toEqual(Int32Array.of(-3));
    expect(toTensor({ dtype: "bool", shape: [2], data: [true, false] }).data).toEqual(Uint8Array.of(1, 0));
  });

  test("integers beyond int32 and strings do not apply", () => {
    expect(() => toTensor({ dtype: "int64", shape: [], data: [2 ** 31] })).toThrow(NotApplicable);
    expect(() => toTensor({ dtype: "string", shape: [1], data: ["a"] })).toThrow(
      new NotApplicable("@rnn/tensor has no string tensors"),
    );
  });
});

test("toNumbers reads views in row-major order", () => {
  const data = Float32Array.of(0, 1, 2, 3, 4, 5, 6);
  const view = new Tensor(data, [3, 2], { strides: [1, 3], offset: 1 });
  expect(toNumbers(view)).toEqual({ dtype: "float32", shape: [3, 2], data: [1, 4, 2, 5, 3, 6] });
  expect(toNumbers(new Tensor(data, [], { strides: [], offset: 4 })).data).toEqual([4]);
  expect(toNumbers(new Tensor(data, [2, 0])).data).toEqual([]);
});
