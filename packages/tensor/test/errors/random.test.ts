import {
  Generator,
  normal,
  normalFill,
  ones,
  rand,
  randint,
  randn,
  randperm,
  ShapeError,
  uniform,
  uniformFill,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

describe("random numbers", () => {
  expectMessages([
    ["Generator: seed is 0.5, expected a safe integer", RangeError, () => new Generator(0.5)],
    ["Generator: seed is NaN, expected a safe integer", RangeError, () => new Generator(1).manualSeed(NaN)],
    [
      "Generator.setState: this is not what getState() returned",
      TypeError,
      () => new Generator().setState({ ...new Generator().getState(), words: [1, 2] }),
    ],
    [
      "Generator.setState: this is not what getState() returned",
      TypeError,
      () => new Generator().setState(wrong(null)),
    ],
    ["rand: dtype is int32, expected float32 or float64", TypeError, () => rand([2], { dtype: "int32" })],
    ["randn: dtype is bool, expected float32 or float64", TypeError, () => randn([2], { dtype: "bool" })],
    [
      "uniform: low is 1 and high 0; expected finite numbers, low <= high",
      RangeError,
      () => uniform(1, 0, [2]),
    ],
    ["normal: mean is 0 and std -1; expected finite numbers, std >= 0", RangeError, () => normal(0, -1, [2])],
    [
      "uniformFill: the tensor is a view that is not contiguous; fill its source",
      ShapeError,
      () => uniformFill(ones([2, 3]).transpose(0, 1), 0, 1),
    ],
    [
      "normalFill: mean is NaN and std 1; expected finite numbers, std >= 0",
      RangeError,
      () => normalFill(ones([2]), NaN, 1),
    ],
    [
      "randint: low is 3 and high 3; expected safe integers, low < high",
      RangeError,
      () => randint(3, 3, [1]),
    ],
    [
      "randint: low is 0 and high 1.5; expected safe integers, low < high",
      RangeError,
      () => randint(0, 1.5, [1]),
    ],
    [
      'randint: 0..4294967295 does not fit int32; pass dtype: "float64"',
      RangeError,
      () => randint(0, 2 ** 32, [1]),
    ],
    [
      "randperm: shape [-1] has -1 in dim 0; dimensions must be non-negative integers",
      ShapeError,
      () => randperm(-1),
    ],
  ]);
});
