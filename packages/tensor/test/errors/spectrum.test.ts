import { ones, ShapeError, singularValues, spectralNorm, spectralRadius, tensor } from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);

describe("singular values and eigenvalues", () => {
  expectMessages([
    ["singularValues: expected a tensor, got 1", TypeError, () => singularValues(wrong(1))],
    [
      "singularValues: shape [3] has 1 dimensions, expected a matrix",
      ShapeError,
      () => singularValues(ones([3])),
    ],
    [
      "singularValues: the matrix holds NaN, expected finite numbers",
      RangeError,
      () => singularValues(tensor([[1, NaN]])),
    ],
    [
      "spectralNorm: shape [1,2,3] has 3 dimensions, expected a matrix",
      ShapeError,
      () => spectralNorm(x.unsqueeze(0)),
    ],
    [
      "spectralNorm: the matrix holds Infinity, expected finite numbers",
      RangeError,
      () => spectralNorm(x.mul(Infinity)),
    ],
    [
      "spectralNorm: tolerance is -1, expected a number >= 0",
      RangeError,
      () => spectralNorm(x, { tolerance: -1 }),
    ],
    [
      "spectralNorm: maxIterations is 0, expected a positive integer",
      RangeError,
      () => spectralNorm(x, { maxIterations: 0 }),
    ],
    ["spectralRadius: shape [2,3] is not square: 2 != 3", ShapeError, () => spectralRadius(x)],
  ]);
});
