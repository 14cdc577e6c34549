import { expectClose } from "@internal/testing";
import {
  elu,
  erf,
  erfc,
  gelu,
  hardSigmoid,
  hardTanh,
  leakyRelu,
  selu,
  silu,
  softplus,
  softsign,
  type Tensor,
  tensor,
} from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { elements } from "./naive.ts";

/** x, erf(x) and erfc(x) by Python's math module, which uses the C library. */
const errorFunctions: readonly [x: number, erf: number, erfc: number][] = [
  [-6, -1.0, 2.0],
  [-3.5, -0.9999992569016276, 1.9999992569016276],
  [-2, -0.9953222650189527, 1.9953222650189528],
  [-1.9999999, -0.9953222629522538, 1.9953222629522538],
  [-0.7, -0.6778011938374184, 1.6778011938374184],
  [-1e-8, -1.1283791670955126e-8, 1.0000000112837917],
  [0.25, 0.2763263901682369, 0.7236736098317631],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [1, 0.8427007929497149, 0.15729920705028513],
  [1.5, 0.9661051464753108, 0.033894853524689274],
  [1.9999, 0.9953201979070294, 0.004679802092970608],
  [2, 0.9953222650189527, 0.004677734981047265],
  [2.0001, 0.9953243313041966, 0.0046756686958033394],
  [2.5, 0.999593047982555, 0.0004069520174449589],
  [3, 0.9999779095030014, 2.2090496998585438e-5],
  [4, 0.9999999845827421, 1.541725790028002e-8],
  [5.5, 0.9999999999999927, 7.357847917974398e-15],
  [10, 1.0, 2.088487583762545e-45],
  [26, 1.0, 5.663192408856143e-296],
];

test("erf and erfc agree with the C library", () => {
  const x = tensor(Float64Array.from(errorFunctions, ([value]) => value));
  // the series and the fraction round at every step
  expectClose(
    erf(x).data,
    errorFunctions.map(([, value]) => value),
    { rtol: 1e-15, atol: 1e-15 },
  );
  expectClose(
    erfc(x).data,
    errorFunctions.map(([, , value]) => value),
    { rtol: 1e-13, atol: 0 },
  );
});

describe("definitions", () => {
  const x = tensor(Float64Array.from({ length: 81 }, (_, i) => (i - 40) / 8));
  const row = elements(x);
  const normal = (v: number): number => {
    // Simpson's rule over the density
    const n = 2000;
    const h = (v + 12) / n;
    const density = (t: number): number => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
    let total = density(-12) + density(v);
    for (let i = 1; i < n; i++) total += density(-12 + i * h) * (i % 2 === 1 ? 4 : 2);
    return (total * h) / 3;
  };

  const rows: readonly [name: string, got: Tensor, want: (v: number) => number, tolerance?: number][] = [
    // the integral is good to ten digits
    ["gelu", gelu(x), (v) => v * normal(v), 1e-9],
    // the approximation is known to be off by less than this
    ["gelu by tanh", gelu(x, { approximate: "tanh" }), (v) => v * normal(v), 5e-4],
    ["silu", silu(x), (v) => v * (1 / (1 + Math.exp(-v)))],
    ["leakyRelu", leakyRelu(x), (v) => Math.max(v, 0) + 0.01 * Math.min(v, 0)],
    ["leakyRelu with a slope", leakyRelu(x, { negativeSlope: 0.3 }), (v) => (v < 0 ? 0.3 * v : v)],
    ["elu", elu(x), (v) => (v > 0 ? v : Math.expm1(v))],
    ["elu with alpha", elu(x, { alpha: 2 }), (v) => (v > 0 ? v : 2 * Math.expm1(v))],
    ["selu", selu(x), (v) => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v))],
    ["softplus", softplus(x), (v) => Math.log(1 + Math.exp(v))],
    ["softplus with beta", softplus(x, { beta: 3 }), (v) => Math.log(1 + Math.exp(3 * v)) / 3, 1e-9],
    ["softsign", softsign(x), (v) => v / (1 + Math.abs(v))],
    ["hardSigmoid", hardSigmoid(x), (v) => Math.min(1, Math.max(0, (v + 3) / 6))],
    ["hardTanh", hardTanh(x), (v) => Math.min(1, Math.max(-1, v))],
  ];

  test.each(rows)("%s", (_, got, want, tolerance = 1e-14) => {
    expectClose(got.data, row.map(want), { rtol: 0, atol: tolerance });
    expect(got.dtype).toBe("float64");
  });

  test("NaN stays NaN, whole numbers become float32, views are read", () => {
    for (const f of [
      erf,
      erfc,
      gelu,
      silu,
      leakyRelu,
      elu,
      selu,
      softplus,
      softsign,
      hardSigmoid,
      hardTanh,
    ]) {
      expect(f(tensor([Number.NaN])).item()).toBeNaN();
      expect(f(tensor([1, 2], { dtype: "int32" })).dtype).toBe("float32");
      expect(elements(f(x.flip(0)))).toEqual(elements(f(x).flip(0)));
    }
  });

  test("far from zero", () => {
    const ends = tensor([-Infinity, -1e30, 1e30, Infinity]);
    expect(elements(erf(ends))).toEqual([-1, -1, 1, 1]);
    expect(elements(erfc(ends))).toEqual([2, 2, 0, 0]);
    expect(elements(elu(ends))).toEqual([-1, -1, Math.fround(1e30), Infinity]);
    expect(elements(softplus(ends))).toEqual([0, 0, Math.fround(1e30), Infinity]);
    expect(softplus(tensor([3]), { threshold: 2 }).item()).toBe(3);
    expect(Object.is(erf(tensor([-0])).item(), -0)).toBe(true);
  });
});
