import { init, LayerNorm } from "@rnn/nn";
import { describe } from "vitest";
import { type Any, create, itRefuses } from "./it-refuses.ts";

const {
  constant,
  gain,
  kaimingUniform,
  normal,
  orthogonal,
  truncNormal,
  uniform,
  xavierNormal,
  xavierUniform,
} = init as Any;

describe("an initialiser names what it cannot use", () => {
  const size = [2, 3];
  itRefuses([
    [
      'xavierUniform(size, { gain: "a" })',
      () => xavierUniform(size, { gain: "a" }),
      new RangeError('init.xavierUniform: gain must be a finite number of at least 0, got "a"'),
    ],
    [
      "xavierNormal(size, { gian })",
      () => xavierNormal(size, { gian: 2 }),
      new TypeError('init.xavierNormal: unknown option "gian" (did you mean "gain"?)'),
    ],
    [
      "normal(size, { std: -1 })",
      () => normal(size, { std: -1 }),
      new RangeError("init.normal: mean must be a finite number, got a plain object"),
    ],
    [
      "normal(size, 0, -1)",
      () => normal(size, 0, -1),
      new RangeError("init.normal: std must be a finite number of at least 0, got -1"),
    ],
    [
      "normal(size, 0, 1, { generator: 42 })",
      () => normal(size, 0, 1, { generator: 42 }),
      new TypeError("init.normal: generator must be a Generator, got 42; make one with new Generator(seed)"),
    ],
    [
      'uniform(size, "a")',
      () => uniform(size, "a"),
      new RangeError('init.uniform: low must be a finite number, got "a"'),
    ],
    [
      "uniform(size, 1, 0)",
      () => uniform(size, 1, 0),
      new RangeError("init.uniform: high must be a finite number of at least 1, got 0"),
    ],
    [
      'kaimingUniform(size, { mode: "fan_in" })',
      () => kaimingUniform(size, { mode: "fan_in" }),
      new RangeError('init.kaimingUniform: mode must be "fanIn" or "fanOut", got "fan_in"'),
    ],
    [
      'kaimingUniform(size, { a: "x" })',
      () => kaimingUniform(size, { a: "x" }),
      new RangeError('init.kaimingUniform: a must be a finite number, got "x"'),
    ],
    [
      "orthogonal(size, { gain: NaN })",
      () => orthogonal(size, { gain: NaN }),
      new RangeError("init.orthogonal: gain must be a finite number, got NaN"),
    ],
    [
      "truncNormal(size, { std: -1 })",
      () => truncNormal(size, { std: -1 }),
      new RangeError("init.truncNormal: std must be a finite number of at least 0, got -1"),
    ],
    [
      "truncNormal(size, { low: 3 })",
      () => truncNormal(size, { low: 3 }),
      new RangeError("init.truncNormal: low must be below high, got 3 and 2"),
    ],
    [
      'gain("leakyRelu", "a")',
      () => gain("leakyRelu", "a"),
      new RangeError('init.gain: slope must be a finite number, got "a"'),
    ],
    [
      'constant(size, "a")',
      () => constant(size, "a"),
      new TypeError('init.constant: value must be a number, got "a"'),
    ],
    [
      "new LayerNorm({ normalizedShape: undefined })",
      () => create(LayerNorm, {}),
      new RangeError("LayerNorm: normalizedShape must be a positive integer, got undefined"),
    ],
  ]);
});
