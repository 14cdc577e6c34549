import {
  allclose,
  equal,
  floorDivide,
  fmod,
  gelu,
  isclose,
  ones,
  remainder,
  ShapeError,
  tensor,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);
const count = tensor([1, 0], { dtype: "int32" });
const truth = tensor([true]);

describe("division with remainder", () => {
  expectMessages([
    [
      'floorDivide: int32 divided by zero; convert with .to("float32") first',
      RangeError,
      () => floorDivide(count, count),
    ],
    [
      'remainder: int32 divided by zero; convert with .to("float32") first',
      RangeError,
      () => remainder(count, 0),
    ],
    ['fmod: int32 divided by zero; convert with .to("float32") first', RangeError, () => fmod(5, count)],
    [
      "remainder: shapes [2,3] and [2] do not broadcast: 3 (dim 1) != 2 (dim 0)",
      ShapeError,
      () => remainder(x, ones([2])),
    ],
    [
      'fmod: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => fmod(truth, truth),
    ],
  ]);
});

describe("closeness and activations", () => {
  expectMessages([
    [
      "isclose: rtol is -1 and atol 1e-8; expected numbers >= 0",
      RangeError,
      () => isclose(x, x, { rtol: -1 }),
    ],
    [
      "allclose: rtol is 0.00001 and atol NaN; expected numbers >= 0",
      RangeError,
      () => allclose(x, x, { atol: Number.NaN }),
    ],
    [
      "isclose: shapes [2,3] and [2] do not broadcast: 3 (dim 1) != 2 (dim 0)",
      ShapeError,
      () => isclose(x, ones([2])),
    ],
    ["equal: expected a tensor, got 1", TypeError, () => equal(x, wrong(1))],
    [
      'gelu: unknown approximation "sigmoid"; use "none" or "tanh"',
      TypeError,
      () => gelu(x, { approximate: wrong("sigmoid") }),
    ],
  ]);
});
