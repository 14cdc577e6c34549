import {
  atan2,
  countNonzero,
  diff,
  div,
  emptyLike,
  hypot,
  logcumsumexp,
  median,
  movedim,
  nanToNum,
  ones,
  quantile,
  randintLike,
  randLike,
  randnLike,
  repeatInterleave,
  rsqrt,
  ShapeError,
  sinh,
  tensor,
  topk,
  unfold,
  zeros,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);
const ints = tensor([1, 2], { dtype: "int32" });
const truths = tensor([true, false]);

describe("windows and differences", () => {
  expectMessages([
    [
      "unfold: size is 4, expected an integer in 0..3 (the size of dim 1)",
      RangeError,
      () => unfold(x, -1, 4),
    ],
    [
      "unfold: size is NaN, expected an integer in 0..2 (the size of dim 0)",
      RangeError,
      () => unfold(x, 0, Number.NaN),
    ],
    ["unfold: step is 0, expected a positive integer", RangeError, () => unfold(x, 0, 1, 0)],
    ["unfold: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => unfold(x, 2, 1)],
    ["unfold: expected a tensor, got Array", TypeError, () => unfold(wrong([1]), 0, 1)],
    ["diff: n is -1, expected a non-negative integer", RangeError, () => diff(x, { n: -1 })],
    ["diff: n is 0.5, expected a non-negative integer", RangeError, () => diff(x, { n: 0.5 })],
    ["diff: a 0-d tensor has no dimension to take differences along", RangeError, () => diff(tensor(1))],
    ["diff: options must be an object, got 2; write diff(x, { n: 2 })", TypeError, () => diff(x, wrong(2))],
    ["movedim: 1 dims to 2 places; expected one for each", ShapeError, () => movedim(x, 0, [0, 1])],
    ["movedim: dim 1 appears twice in [0,1,-1]", RangeError, () => movedim(ones([1, 1]), 0, [0, 1, -1])],
    [
      "logcumsumexp: dim 2 is outside -2..1 (the tensor has 2 dimensions)",
      RangeError,
      () => logcumsumexp(x, 2),
    ],
  ]);
});

describe("medians, quantiles and counts", () => {
  expectMessages([
    ["median: shape [0,3] has no elements to choose from", ShapeError, () => median(zeros([0, 3]))],
    [
      "median: options must be an object, got 1; write median(x, { dim: 1 })",
      TypeError,
      () => median(x, wrong(1)),
    ],
    [
      "quantile: shape [0,3] has no elements to choose from",
      ShapeError,
      () => quantile(zeros([0, 3]), 0.5, { dim: 0 }),
    ],
    ["quantile: q is 2, expected a number in 0..1 or several", RangeError, () => quantile(x, 2)],
    [
      "quantile: q is [0,NaN], expected a number in 0..1 or several",
      RangeError,
      () => quantile(x, [0, Number.NaN]),
    ],
    [
      "quantile: q is [true], expected a number in 0..1 or several",
      RangeError,
      () => quantile(x, wrong([true])),
    ],
    [
      "topk: k is null, expected an integer in 0..3 (the size of dim -1)",
      RangeError,
      () => topk(x, wrong(null)),
    ],
    [
      "repeatInterleave: a count is undefined, expected a non-negative integer",
      RangeError,
      () => repeatInterleave(x, wrong(undefined)),
    ],
    [
      "quantile: q is undefined, expected a number in 0..1 or several",
      RangeError,
      () => quantile(x, wrong(undefined)),
    ],
    [
      'quantile: dtype is int32, expected float32 or float64; convert with .to("float32") first',
      TypeError,
      () => quantile(ints, 0.5),
    ],
    [
      'countNonzero: unknown option "axis" (did you mean "dim"?); options are dim, keepdim',
      TypeError,
      () => countNonzero(x, wrong({ axis: 0 })),
    ],
  ]);
});

describe("functions of elements", () => {
  expectMessages([
    [
      'div: roundingMode is "ceil", expected "trunc" or "floor"',
      TypeError,
      () => div(x, 2, { roundingMode: wrong("ceil") }),
    ],
    [
      'div: options must be an object, got "floor"; write div(a, b, { roundingMode: "floor" })',
      TypeError,
      () => x.div(2, wrong("floor")),
    ],
    [
      'div: int32 divided by zero; convert with .to("float32") first',
      RangeError,
      () => div(ints, 0, { roundingMode: "trunc" }),
    ],
    [
      'div: int32 divided by zero; convert with .to("float32") first',
      RangeError,
      () => div(ints, 0, { roundingMode: "floor" }),
    ],
    [
      'div: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => div(truths, truths, { roundingMode: "trunc" }),
    ],
    [
      "atan2: shapes [2,3] and [2] do not broadcast: 3 (dim 1) != 2 (dim 0)",
      ShapeError,
      () => atan2(x, ints),
    ],
    ['hypot: operands must be tensors or numbers, got "1"', TypeError, () => hypot(x, wrong("1"))],
    ["sinh: expected a tensor, got 1", TypeError, () => sinh(wrong(1))],
    ["rsqrt: expected a tensor, got null", TypeError, () => rsqrt(wrong(null))],
    ['nanToNum: nan must be a number, got "0"', TypeError, () => nanToNum(x, { nan: wrong("0") })],
    ["nanToNum: expected a tensor, got undefined", TypeError, () => nanToNum(wrong(undefined))],
  ]);
});

describe("tensors like others", () => {
  expectMessages([
    ["emptyLike: expected a tensor, got Array", TypeError, () => emptyLike(wrong([2]))],
    ["randLike: expected a tensor, got Array", TypeError, () => randLike(wrong([2]))],
    ["randLike: dtype is int32, expected float32 or float64", TypeError, () => randLike(ints)],
    ["randnLike: dtype is bool, expected float32 or float64", TypeError, () => randnLike(truths)],
    [
      'randnLike: unknown option "std"; options are dtype, generator',
      TypeError,
      () => randnLike(x, wrong({ std: 1 })),
    ],
    [
      "randintLike: low is 0 and high 0; expected safe integers, low < high",
      RangeError,
      () => randintLike(x, 0, 0),
    ],
    [
      "randintLike: dtype is bool, expected float32, float64 or int32",
      TypeError,
      () => randintLike(truths, 0, 2),
    ],
    [
      'randintLike: options must be an object, got "int32"; write randintLike(x, low, high, { dtype: "int32" })',
      TypeError,
      () => randintLike(x, 0, 2, wrong("int32")),
    ],
  ]);
});
