import { dot, matmul, ones, outer, ShapeError, tensor } from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages } from "./expect-messages.ts";

const truths = tensor([true, false]);

describe("products", () => {
  expectMessages([
    [
      "matmul: shapes [2,3] and [4,5] do not align: 3 (dim 1) != 4 (dim 0)",
      ShapeError,
      () => matmul(ones([2, 3]), ones([4, 5])),
    ],
    [
      "matmul: shapes [7,2,3] and [7,4,5] do not align: 3 (dim 2) != 4 (dim 1)",
      ShapeError,
      () => matmul(ones([7, 2, 3]), ones([7, 4, 5])),
    ],
    [
      "matmul: shapes [3] and [4] do not align: 3 (dim 0) != 4 (dim 0)",
      ShapeError,
      () => matmul(ones([3]), ones([4])),
    ],
    [
      "matmul: shapes [2,3,3] and [3,3,2] do not broadcast: 2 (dim 0) != 3 (dim 0)",
      ShapeError,
      () => matmul(ones([2, 3, 3]), ones([3, 3, 2])),
    ],
    [
      "matmul: shape [65536,65536] has 4294967296 elements, more than the limit of 2147483647",
      ShapeError,
      () => matmul(ones([65536, 0]), ones([0, 65536])),
    ],
    [
      "matmul: shapes [] and [3,2]: a 0-d tensor has no rows or columns; use mul",
      ShapeError,
      () => matmul(tensor(1), ones([3, 2])),
    ],
    [
      'matmul: dtypes float32 and float64 differ; convert with .to("float32") first',
      TypeError,
      () => matmul(ones([2]), ones([2], { dtype: "float64" })),
    ],
    [
      'matmul: bool tensors are not numbers; convert with .to("float32") first',
      TypeError,
      () => matmul(truths, truths),
    ],
    [
      "dot: vectors of 2 and 3 elements; they must be equally long",
      ShapeError,
      () => dot(ones([2]), ones([3])),
    ],
    ["dot: shape [2,2] has 2 dimensions, expected a vector", ShapeError, () => dot(ones([2, 2]), ones([2]))],
    ["outer: shape [] has 0 dimensions, expected a vector", ShapeError, () => outer(tensor(1), ones([2]))],
  ]);
});
