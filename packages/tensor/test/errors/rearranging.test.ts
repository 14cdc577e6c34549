import {
  diagonal,
  maskedFill,
  maskedSelect,
  ones,
  pad,
  repeatInterleave,
  roll,
  ShapeError,
  scatter,
  scatterAdd,
  scatterReduce,
  type Tensor,
  tensor,
  tile,
  tril,
  triu,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);
const index = (values: number[] | number[][]): Tensor => tensor(values, { dtype: "int32" });
const huge = ones([1]).expand([2 ** 30]);

describe("scattering", () => {
  expectMessages([
    [
      "scatter: index 3 is outside 0..2 (dim 1 of shape [2,3])",
      RangeError,
      () => scatter(x, 1, index([[3]]), 1),
    ],
    [
      "scatterAdd: index -1 is outside 0..1 (dim 0 of shape [2,3])",
      RangeError,
      () => scatterAdd(x, 0, index([[-1]]), ones([1, 1])),
    ],
    [
      'scatter: index has dtype float32, expected int32; convert with .to("int32") first',
      TypeError,
      () => scatter(x, 1, x, x),
    ],
    [
      "scatter: index shape [3,1] does not fit shape [2,3]; it needs as many dimensions, none larger except dim 1",
      ShapeError,
      () => scatter(x, 1, index([[0], [0], [0]]), 1),
    ],
    [
      "scatter: source shape [1,1] does not cover index shape [2,1]",
      ShapeError,
      () => scatter(x, 1, index([[0], [0]]), ones([1, 1])),
    ],
    [
      "scatter: source shape [1] does not cover index shape [1,1]",
      ShapeError,
      () => scatter(x, 1, index([[0]]), ones([1])),
    ],
    [
      'scatter: source has dtype float64, expected float32; convert with .to("float32") first',
      TypeError,
      () => scatter(x, 1, index([[0]]), ones([1, 1], { dtype: "float64" })),
    ],
    [
      'scatter: 0.5 does not fit int32; convert the tensor with .to("float32") first',
      RangeError,
      () => scatter(index([[1]]), 0, index([[0]]), 0.5),
    ],
    ['scatter: value must be a number, got "a"', TypeError, () => scatter(x, 1, index([[0]]), wrong("a"))],
    ["scatterAdd: expected a tensor, got 1", TypeError, () => scatterAdd(x, 1, index([[0]]), wrong(1))],
    [
      'scatterAdd: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => scatterAdd(tensor([true]), 0, index([0]), tensor([true])),
    ],
    [
      'scatterReduce: unknown reduction "max"; use "sum", "prod", "amax" or "amin"',
      TypeError,
      () => scatterReduce(x, 1, index([[0]]), x, wrong("max")),
    ],
    [
      "scatter: dim 2 is outside -2..1 (the tensor has 2 dimensions)",
      RangeError,
      () => scatter(x, 2, index([[0]]), 1),
    ],
  ]);
});

describe("masks", () => {
  expectMessages([
    [
      "maskedFill: mask has dtype float32, expected bool; compare it first, as in ne(mask, 0)",
      TypeError,
      () => maskedFill(x, x, 1),
    ],
    [
      "maskedFill: shapes [2] and [2,3] do not broadcast: 2 (dim 0) != 3 (dim 1)",
      ShapeError,
      () => maskedFill(x, tensor([true, false]), 1),
    ],
    [
      'maskedFill: 0.5 does not fit int32; convert the tensor with .to("float32") first',
      RangeError,
      () => maskedFill(index([1]), tensor([true]), 0.5),
    ],
    [
      "maskedSelect: mask has dtype int32, expected bool; compare it first, as in ne(mask, 0)",
      TypeError,
      () => maskedSelect(x, index([1])),
    ],
    [
      "maskedSelect: shapes [2,3] and [2] do not broadcast: 3 (dim 1) != 2 (dim 0)",
      ShapeError,
      () => maskedSelect(x, tensor([true, false])),
    ],
    [
      "maskedSelect: shape [1073741824,2] has 2147483648 elements, more than the limit of 2147483647",
      ShapeError,
      () => maskedSelect(huge.unsqueeze(1), tensor([true, false])),
    ],
  ]);
});

describe("padding, rolling and repeating", () => {
  expectMessages([
    [
      "pad: padding is [1], expected two integers per dimension, from the last one, at most 4 for shape [2,3]",
      RangeError,
      () => pad(x, [1]),
    ],
    [
      "pad: padding is [1,0.5], expected two integers per dimension, from the last one, at most 4 for shape [2,3]",
      RangeError,
      () => pad(x, [1, 0.5]),
    ],
    [
      "pad: padding is [1,1,1,1,1,1], expected two integers per dimension, from the last one, at most 4 for shape [2,3]",
      RangeError,
      () => pad(x, [1, 1, 1, 1, 1, 1]),
    ],
    [
      "pad: padding is 1, expected two integers per dimension, from the last one, at most 4 for shape [2,3]",
      RangeError,
      () => pad(x, wrong(1)),
    ],
    ["pad: [-2,-2] takes more than dim 1 of shape [2,3] has", ShapeError, () => pad(x, [-2, -2])],
    [
      "pad: [3,0] mirrors more than dim 1 of shape [2,3] has; at most 2 fit",
      ShapeError,
      () => pad(x, [3, 0], { mode: "reflect" }),
    ],
    [
      "pad: dim 0 of shape [0] has no elements to repeat",
      ShapeError,
      () => pad(ones([0]), [0, 1], { mode: "replicate" }),
    ],
    [
      'pad: unknown mode "edge"; use "constant", "reflect", "replicate" or "circular"',
      TypeError,
      () => pad(x, [1, 1], { mode: wrong("edge") }),
    ],
    [
      'pad: NaN does not fit int32; convert the tensor with .to("float32") first',
      RangeError,
      () => pad(index([1]), [1, 1], { value: Number.NaN }),
    ],
    [
      "pad: shape [2,4294967299] has 8589934598 elements, more than the limit of 2147483647",
      ShapeError,
      () => pad(x, [0, 2 ** 32]),
    ],
    ["roll: shift is 0.5, expected an integer", RangeError, () => roll(x, 0.5)],
    ["roll: 2 shifts [1,2] for 1 dims", RangeError, () => roll(x, [1, 2])],
    ["roll: 1 shifts [1] for 2 dims", RangeError, () => roll(x, 1, [0, 1])],
    ["roll: dim 0 appears twice in [0,-2]", RangeError, () => roll(x, [1, 1], [0, -2])],
    ["tile: repeats are [-1], expected a list of non-negative integers", RangeError, () => tile(x, [-1])],
    ["tile: repeats are 2, expected a list of non-negative integers", RangeError, () => tile(x, wrong(2))],
    [
      "tile: shape [2147483648] has 2147483648 elements, more than the limit of 2147483647",
      ShapeError,
      () => tile(huge, [2]),
    ],
    [
      "repeatInterleave: 2 counts for 3 elements (dim 1 of shape [2,3])",
      ShapeError,
      () => repeatInterleave(x, [1, 2], 1),
    ],
    [
      "repeatInterleave: a count is -1, expected a non-negative integer",
      RangeError,
      () => repeatInterleave(x, -1),
    ],
    [
      'repeatInterleave: index has dtype float32, expected int32; convert with .to("int32") first',
      TypeError,
      () => repeatInterleave(x, ones([3]), 1),
    ],
    [
      "repeatInterleave: shape [12884901888] has 12884901888 elements, more than the limit of 2147483647",
      ShapeError,
      () => repeatInterleave(ones([3]), 2 ** 32),
    ],
  ]);
});

describe("triangles and diagonals", () => {
  expectMessages([
    ["triu: shape [3] has 1 dimensions, expected a matrix", ShapeError, () => triu(ones([3]))],
    ["tril: diagonal is 0.5, expected an integer", RangeError, () => tril(x, 0.5)],
    ["diagonal: shape [3] has 1 dimensions, expected two or more", ShapeError, () => diagonal(ones([3]))],
    ["diagonal: offset is NaN, expected an integer", RangeError, () => diagonal(x, Number.NaN)],
    ["diagonal: dim 1 and dim -1 are the same", RangeError, () => diagonal(x, 0, 1, -1)],
  ]);
});
