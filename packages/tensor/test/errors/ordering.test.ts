import {
  argsort,
  cummax,
  cumprod,
  meshgrid,
  oneHot,
  ones,
  ShapeError,
  searchsorted,
  sort,
  type Tensor,
  tensor,
  topk,
  unique,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);
const index = (values: number[]): Tensor => tensor(values, { dtype: "int32" });

describe("order", () => {
  expectMessages([
    ["sort: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => sort(x, { dim: 2 })],
    [
      "argsort: dim 2 is outside -2..1 (the tensor has 2 dimensions)",
      RangeError,
      () => argsort(x, { dim: 2 }),
    ],
    ["topk: k is 4, expected an integer in 0..3 (the size of dim -1)", RangeError, () => topk(x, 4)],
    [
      "topk: k is 0.5, expected an integer in 0..2 (the size of dim 0)",
      RangeError,
      () => topk(x, 0.5, { dim: 0 }),
    ],
    [
      "topk: k is -1, expected an integer in 0..1 (the size of dim -1)",
      RangeError,
      () => topk(tensor(1), -1),
    ],
    [
      "unique: dim -3 is outside -2..1 (the tensor has 2 dimensions)",
      RangeError,
      () => unique(x, { dim: -3 }),
    ],
    ["unique: expected a tensor, got Array", TypeError, () => unique(wrong([1]))],
    ["searchsorted: shape [2,3] has 2 dimensions, expected a vector", ShapeError, () => searchsorted(x, x)],
    [
      "cumprod: dim 1 is outside -1..0 (the tensor has 1 dimensions)",
      RangeError,
      () => cumprod(ones([2]), 1),
    ],
    ["cummax: dim 0.5 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => cummax(x, 0.5)],
  ]);
});

describe("one-hot rows and grids", () => {
  expectMessages([
    ["oneHot: index 3 is outside 0..2", RangeError, () => oneHot(index([0, 3]), 3)],
    ["oneHot: index -1 is outside 0..0", RangeError, () => oneHot(index([-1]))],
    [
      'oneHot: index has dtype float32, expected int32; convert with .to("int32") first',
      TypeError,
      () => oneHot(x, 3),
    ],
    [
      "oneHot: no index tells how many classes there are; pass their number",
      RangeError,
      () => oneHot(index([])),
    ],
    [
      "oneHot: shape [1,0.5] has 0.5 in dim 1; dimensions must be non-negative integers",
      ShapeError,
      () => oneHot(index([0]), 0.5),
    ],
    [
      "oneHot: shape [2,1099511627776] has 2199023255552 elements, more than the limit of 2147483647",
      ShapeError,
      () => oneHot(index([0, 0]), 2 ** 40),
    ],
    ["meshgrid: tensor 1 has shape [2,3], expected a vector", ShapeError, () => meshgrid([ones([2]), x])],
  ]);
});
