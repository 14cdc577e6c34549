import {
  allclose,
  clamp,
  elu,
  gelu,
  isclose,
  leakyRelu,
  ones,
  pad,
  searchsorted,
  softplus,
  spectralNorm,
  unique,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);

describe("limits of clamp", () => {
  expectMessages([
    ["clamp: give min, max or both", TypeError, () => x.clamp(wrong(undefined))],
    [
      "clamp: options must be an object, got 0; write clamp(x, { min: 0 })",
      TypeError,
      () => clamp(x, wrong(0)),
    ],
    ['clamp: min must be a number, got "1"', TypeError, () => clamp(x, { min: wrong("1") })],
    ["clamp: max must be a number, got Tensor", TypeError, () => clamp(x, { max: wrong(x) })],
    ['clamp: unknown option "low"; options are min, max', TypeError, () => clamp(x, wrong({ low: 1 }))],
  ]);
});

describe("options of activations", () => {
  expectMessages([
    [
      "leakyRelu: options must be an object, got 5; write leakyRelu(x, { negativeSlope: 5 })",
      TypeError,
      () => leakyRelu(x, wrong(5)),
    ],
    [
      'leakyRelu: unknown option "negative_slope" (did you mean "negativeSlope"?); options are negativeSlope',
      TypeError,
      () => leakyRelu(x, wrong({ negative_slope: 5 })),
    ],
    ['elu: alpha must be a number, got "a"', TypeError, () => elu(x, { alpha: wrong("a") })],
    [
      "softplus: threshold must be a number, got null",
      TypeError,
      () => softplus(x, { threshold: wrong(null) }),
    ],
    [
      'gelu: options must be an object, got "tanh"; write gelu(x, { approximate: "tanh" })',
      TypeError,
      () => gelu(x, wrong("tanh")),
    ],
  ]);
});

describe("options of other operations", () => {
  expectMessages([
    [
      "isclose: options must be an object, got 0.1; write isclose(a, b, { rtol: 0.1 })",
      TypeError,
      () => isclose(x, x, wrong(0.1)),
    ],
    [
      'allclose: unknown option "equal_nan" (did you mean "equalNan"?); options are rtol, atol, equalNan',
      TypeError,
      () => allclose(x, x, wrong({ equal_nan: true })),
    ],
    ['allclose: atol must be a number, got "0"', TypeError, () => allclose(x, x, { atol: wrong("0") })],
    [
      'pad: options must be an object, got "reflect"; write pad(x, padding, { mode: "reflect" })',
      TypeError,
      () => pad(x, [1, 1], wrong("reflect")),
    ],
    [
      "pad: options must be an object, got 0; write pad(x, padding, { value: 0 })",
      TypeError,
      () => pad(x, [1, 1], wrong(0)),
    ],
    [
      "unique: options must be an object, got 0; write unique(x, { dim: 0 })",
      TypeError,
      () => unique(x, wrong(0)),
    ],
    [
      'searchsorted: right must be true or false, got "right"',
      TypeError,
      () => searchsorted(ones([2]), x, { right: wrong("right") }),
    ],
    [
      'spectralNorm: unknown option "iterations"; options are tolerance, maxIterations',
      TypeError,
      () => spectralNorm(x, wrong({ iterations: 5 })),
    ],
  ]);
});
