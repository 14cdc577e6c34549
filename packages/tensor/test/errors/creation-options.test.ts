import {
  arange,
  empty,
  eye,
  full,
  fullLike,
  linspace,
  normal,
  normalFill,
  oneHot,
  ones,
  onesLike,
  rand,
  randint,
  randn,
  randperm,
  tensor,
  uniform,
  uniformFill,
  zeros,
  zerosLike,
} from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2]);
const float64 = wrong("float64");

describe("options of functions that create", () => {
  expectMessages([
    [
      'tensor: unknown option "dtyp" (did you mean "dtype"?); options are shape, dtype',
      TypeError,
      () => tensor([1], wrong({ dtyp: "int32" })),
    ],
    [
      'tensor: options must be an object, got "int32"; write tensor(values, { dtype: "int32" })',
      TypeError,
      () => tensor([1], wrong("int32")),
    ],
    [
      "tensor: options must be an object, got Array; write tensor(values, { shape: [1,2] })",
      TypeError,
      () => tensor([1, 2], wrong([1, 2])),
    ],
    [
      'zeros: options must be an object, got "float64"; write zeros(shape, { dtype: "float64" })',
      TypeError,
      () => zeros([2], float64),
    ],
    ["zeros: shape must be an array of dimensions, got 2", TypeError, () => zeros(wrong(2), wrong(3))],
    ["ones: options must be an object, got 3; pass { dtype }", TypeError, () => ones([2], wrong(3))],
    [
      'empty: unknown option "device"; options are dtype',
      TypeError,
      () => empty([2], wrong({ device: "cpu" })),
    ],
    [
      'full: options must be an object, got "float64"; write full(shape, value, { dtype: "float64" })',
      TypeError,
      () => full([2], 1, float64),
    ],
    [
      'zerosLike: options must be an object, got "float64"; write zerosLike(x, { dtype: "float64" })',
      TypeError,
      () => zerosLike(x, float64),
    ],
    [
      'onesLike: unknown option "type" (did you mean "dtype"?); options are dtype',
      TypeError,
      () => onesLike(x, wrong({ type: "int32" })),
    ],
    ["fullLike: options must be an object, got 5; pass { dtype }", TypeError, () => fullLike(x, 1, wrong(5))],
    [
      "eye: columns must be a number, got Object; write eye(2, 2, options)",
      TypeError,
      () => eye(2, wrong({ dtype: "int32" })),
    ],
    [
      'zeros: shape [2,3] has "3" in dim 1; dimensions must be non-negative integers',
      Error,
      () => zeros([2, wrong("3")]),
    ],
    [
      'oneHot: options must be an object, got "float64"; write oneHot(index, classes, { dtype: "float64" })',
      TypeError,
      () => oneHot(tensor([0], { dtype: "int32" }), 2, float64),
    ],
  ]);
});

describe("ranges", () => {
  expectMessages([
    [
      "arange: options must be an object, got 0.1; write arange(0, 1, { step: 0.1 })",
      TypeError,
      () => arange(0, 1, wrong(0.1)),
    ],
    [
      'arange: options must be an object, got "int32"; write arange(5, { dtype: "int32" })',
      TypeError,
      () => arange(5, wrong("int32")),
    ],
    [
      'arange: unknown option "steps" (did you mean "step"?); options are step, dtype',
      TypeError,
      () => arange(5, wrong({ steps: 2 })),
    ],
    ['arange: step must be a number, got "2"', TypeError, () => arange(5, { step: wrong("2") })],
    ['arange: an end is "5", expected a finite number', RangeError, () => arange(wrong("5"))],
    ["arange: an end is undefined, expected a finite number", RangeError, () => arange(wrong(undefined))],
    [
      'linspace: options must be an object, got "float64"; write linspace(start, stop, count, { dtype: "float64" })',
      TypeError,
      () => linspace(0, 1, 2, float64),
    ],
  ]);
});

describe("values that full repeats", () => {
  expectMessages([
    ["full: 3000000000 does not fit int32", RangeError, () => full([2], 3e9, { dtype: "int32" })],
    ["full: NaN does not fit int32", RangeError, () => full([2], Number.NaN, { dtype: "int32" })],
    ["tensor: 3000000000 does not fit int32", RangeError, () => tensor([3e9], { dtype: "int32" })],
    ["full: value must be a number, got undefined", TypeError, () => full([2], wrong(undefined))],
    ['full: value must be a number, got "x"', TypeError, () => full([2], wrong("x"))],
    ["fullLike: Infinity does not fit int32", RangeError, () => fullLike(x, Infinity, { dtype: "int32" })],
  ]);

  test("fractions are cut off for int32, as tensor cuts them", () => {
    expect(full([1], -1.5, { dtype: "int32" }).toArray()).toEqual([-1]);
    expect(full([1], Number.NaN).toArray()).toEqual([Number.NaN]);
  });
});

describe("options of functions that draw", () => {
  expectMessages([
    [
      "rand: generator must be a Generator, got Object; pass new Generator(seed)",
      TypeError,
      () => rand([2], { generator: wrong({}) }),
    ],
    [
      "randn: generator must be a Generator, got 42; pass new Generator(42)",
      TypeError,
      () => randn([2], { generator: wrong(42) }),
    ],
    [
      "rand: options must be an object, got 3; pass { dtype, generator }",
      TypeError,
      () => rand([2], wrong(3)),
    ],
    ["randn: shape must be an array of dimensions, got 2", TypeError, () => randn(wrong(2), wrong(3))],
    [
      'uniform: unknown option "seed"; options are dtype, generator',
      TypeError,
      () => uniform(0, 1, [2], wrong({ seed: 1 })),
    ],
    [
      'normal: options must be an object, got "float64"; write normal(mean, std, shape, { dtype: "float64" })',
      TypeError,
      () => normal(0, 1, [2], float64),
    ],
    [
      "randint: generator must be a Generator, got null; pass new Generator(seed)",
      TypeError,
      () => randint(0, 2, [2], { generator: wrong(null) }),
    ],
    [
      'randint: low is "0" and high 2; expected safe integers, low < high',
      RangeError,
      () => randint(wrong("0"), 2, [2]),
    ],
    [
      'randperm: unknown option "dtype"; options are generator',
      TypeError,
      () => randperm(2, wrong({ dtype: "int32" })),
    ],
    [
      'uniformFill: unknown option "dtype"; options are generator',
      TypeError,
      () => uniformFill(x, 0, 1, wrong({ dtype: "int32" })),
    ],
    [
      'uniformFill: low is "0" and high 1; expected finite numbers, low <= high',
      RangeError,
      () => uniformFill(x, wrong("0"), 1),
    ],
    [
      'normalFill: mean is "0" and std Object; expected finite numbers, std >= 0',
      RangeError,
      () => normalFill(x, wrong("0"), wrong({})),
    ],
  ]);
});
