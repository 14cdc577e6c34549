import {
  all,
  any,
  argmax,
  cumsum,
  logsumexp,
  max,
  mean,
  min,
  norm,
  ones,
  prod,
  ShapeError,
  softmax,
  std,
  sum,
  tensor,
  variance,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const ints = tensor([1, 2], { dtype: "int32" });
const truths = tensor([true, false]);

describe("reductions", () => {
  const x = ones([2, 3]);
  expectMessages([
    ["sum: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => sum(x, { dim: 2 })],
    ["sum: dim 0 appears twice in [0,-2]", RangeError, () => sum(x, { dim: [0, -2] })],
    ["prod: dim 0.5 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => prod(x, { dim: 0.5 })],
    ["any: dim -3 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => any(x, { dim: -3 })],
    [
      "all: dim 1 is outside -1..0 (the tensor has 0 dimensions)",
      RangeError,
      () => all(tensor(1), { dim: 1 }),
    ],
    [
      "logsumexp: dim NaN is outside -2..1 (the tensor has 2 dimensions)",
      RangeError,
      () => logsumexp(x, { dim: NaN }),
    ],
    ["cumsum: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => cumsum(x, 2)],
    ["softmax: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => softmax(x, 2)],
    ["mean: expected a tensor, got undefined", TypeError, () => mean(wrong(undefined))],
    [
      'mean: dtype is int32, expected float32 or float64; convert with .to("float32") first',
      TypeError,
      () => mean(ints),
    ],
    [
      'variance: dtype is bool, expected float32 or float64; convert with .to("float32") first',
      TypeError,
      () => variance(truths),
    ],
    [
      'std: dtype is int32, expected float32 or float64; convert with .to("float32") first',
      TypeError,
      () => std(ints),
    ],
    [
      'norm: dtype is int32, expected float32 or float64; convert with .to("float32") first',
      TypeError,
      () => norm(ints),
    ],
    ["norm: p is NaN; use a number, Infinity or -Infinity", RangeError, () => norm(x, { p: NaN })],
    ["max: shape [0] has no elements to choose from", ShapeError, () => max(ones([0]))],
    ["min: shape [0,3] has no elements to choose from", ShapeError, () => min(ones([0, 3]), { dim: 0 })],
    [
      "argmax: shape [0,3] has no elements to choose from",
      ShapeError,
      () => argmax(ones([0, 3]), { dim: 0 }),
    ],
  ]);
});
