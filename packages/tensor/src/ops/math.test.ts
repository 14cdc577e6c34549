import { expectClose, tolerances } from "@internal/testing";
import { afterEach, describe, expect, test } from "vitest";
import { tensor } from "../from.ts";
import { backend, setBackend } from "../kernels/gemm.ts";
import { linspace } from "../ranges.ts";
import type { Tensor } from "../tensor.ts";
import { relu, sigmoid, tanh } from "./activation.ts";
import { clamp } from "./clamp.ts";
import { exp, expm1, log, log1p, log2, log10 } from "./exponential.ts";
import { pow, reciprocal, sqrt, square } from "./power.ts";
import { ceil, floor, round, trunc } from "./rounding.ts";
import { abs, neg, sign } from "./sign.ts";
import { cos, sin, tan } from "./trigonometric.ts";

const ints = (values: number[]) => tensor(values, { dtype: "int32" });

const functions: [string, (x: Tensor) => Tensor, (x: number) => number][] = [
  ["exp", exp, Math.exp],
  ["expm1", expm1, Math.expm1],
  ["log", log, Math.log],
  ["log1p", log1p, Math.log1p],
  ["log2", log2, Math.log2],
  ["log10", log10, Math.log10],
  ["sqrt", sqrt, Math.sqrt],
  ["reciprocal", reciprocal, (x) => 1 / x],
  ["sin", sin, Math.sin],
  ["cos", cos, Math.cos],
  ["tan", tan, Math.tan],
  ["tanh", tanh, Math.tanh],
  ["sigmoid", sigmoid, (x) => 1 / (1 + Math.exp(-x))],
];

describe.each(functions)("%s", (_, f, reference) => {
  const x = linspace(-4, 4, 33, { dtype: "float64" });

  test("is the float64 function for float64", () => {
    expect(Array.from(f(x).data)).toEqual(Array.from(x.data, reference));
  });

  test("is close to it for float32, contiguous or not", () => {
    const single = x.to("float32");
    const want = Array.from(single.data, reference);
    expectClose(f(single).data, want, tolerances.value.float32);
    expectClose(
      f(single.slice([null, null, 2])).data,
      want.filter((_, i) => i % 2 === 0),
      tolerances.value.float32,
    );
  });

  test("makes whole numbers and truth values float32", () => {
    expect(f(ints([1])).dtype).toBe("float32");
    expectClose(f(tensor([true])).data, [reference(1)]);
  });

  test("keeps NaN", () => {
    expect(f(tensor([NaN])).item()).toBeNaN();
  });
});

describe("SIMD and plain loops", () => {
  afterEach(() => setBackend("auto"));

  test.each(["exp", "tanh", "sigmoid"] as const)("%s agrees on every backend, at any offset", (name) => {
    const x = linspace(-9, 9, 1001).slice([3]);
    const fast = x[name]();
    const chosen = backend();
    setBackend("js");
    expect(backend()).toBe("js");
    expectClose(fast.data, x[name]().data, tolerances.value.float32);
    setBackend(chosen);
  });
});

describe("pow", () => {
  test("follows C where JavaScript says NaN", () => {
    const one = tensor([1, 1, -1, -1, -1]);
    expect(pow(one, tensor([NaN, Infinity, Infinity, -Infinity, NaN])).toArray()).toEqual([1, 1, 1, 1, NaN]);
    expect(pow(tensor([NaN, -8]), tensor([0, 1 / 3])).toArray()).toEqual([1, NaN]);
  });

  test("of whole numbers wraps around like repeated multiplication", () => {
    expect(pow(ints([3, 7, -2, 3]), ints([21, 13, 31, 63])).toArray()).toEqual(
      [
        [3, 21],
        [7, 13],
        [-2, 31],
        [3, 63],
      ].map(([b, e]) => Array<number>(e!).fill(b!).reduce(Math.imul)),
    );
    expect(pow(ints([46341]), 2).toArray()).toEqual([Math.imul(46341, 46341)]);
  });

  test("a negative whole power in a tensor leaves 1 and -1", () => {
    expect(pow(ints([1, -1, -1, 2]), ints([-5, -5, -4, -1])).toArray()).toEqual([1, -1, 1, 0]);
  });

  test("a fractional power of whole numbers is float32", () => {
    expect(pow(ints([4]), 0.5).dtype).toBe("float32");
    expect(pow(2, tensor([3])).item()).toBe(8);
  });

  test("a number squared is exact", () => {
    expect(pow(tensor([1.5, -3]), 2).toArray()).toEqual([2.25, 9]);
    expect(square(ints([46341])).toArray()).toEqual([Math.imul(46341, 46341)]);
  });
});

describe("signs and rounding", () => {
  test("keep the dtype", () => {
    for (const f of [neg, abs, sign, square, floor, ceil, round, trunc, relu])
      expect(f(ints([-2])).dtype).toBe("int32");
  });

  test("sign of NaN is 0 and abs keeps NaN", () => {
    expect(sign(tensor([NaN, -2, 0, 5])).toArray()).toEqual([0, -1, 0, 1]);
    expect(abs(tensor([NaN, -Infinity])).toArray()).toEqual([NaN, Infinity]);
  });

  test("halves round to the even neighbour, on both sides of zero", () => {
    expect(trunc(tensor([-1.7, 1.7, -0.5, NaN, -Infinity])).toArray()).toEqual([-1, 1, -0, NaN, -Infinity]);
    expect(round(tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.6])).toArray()).toEqual([-2, -2, -0, 0, 2, 2, 3]);
  });

  test("relu stops at zero and passes NaN on", () => {
    expect(relu(tensor([-1, 0, 3, NaN, -Infinity])).toArray()).toEqual([0, 0, 3, NaN, 0]);
  });
});

describe("clamp", () => {
  test("keeps NaN, and max wins over min", () => {
    expect(clamp(tensor([NaN, 5, -5]), { min: -1, max: 1 }).toArray()).toEqual([NaN, 1, -1]);
    expect(clamp(tensor([0]), { min: 2, max: 1 }).toArray()).toEqual([1]);
  });

  test("limits whole numbers in their dtype, or in float32 by fractions", () => {
    expect(clamp(ints([-5, 5]), { min: 0 }).dtype).toBe("int32");
    expect(clamp(ints([-5, 5]), { max: 0.5 }).toArray()).toEqual([-5, 0.5]);
  });

  test("reads views", () => {
    const x = ints([1, 2, 3, 4]).reshape([2, 2]).transpose(0, 1);
    expect(clamp(x, { max: 3 }).toArray()).toEqual([
      [1, 3],
      [2, 3],
    ]);
  });
});
