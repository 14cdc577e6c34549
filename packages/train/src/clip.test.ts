import { Linear, Parameter } from "@rnn/nn";
import { type Tensor, tensor, zerosLike } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { clipGradNorm, clipGradValue } from "./clip.ts";

const withGrad = (grad: Tensor | null, name = ""): Parameter => {
  const parameter = new Parameter(grad === null ? tensor([0]) : zerosLike(grad));
  parameter.grad = grad;
  parameter.name = name;
  return parameter;
};

describe("clipGradNorm", () => {
  test("scales all gradients together and returns the norm before", () => {
    const [a, b] = [withGrad(tensor([3, 0])), withGrad(tensor([[4]]))];
    expect(clipGradNorm([a, b], 2.5)).toBe(5);
    expect(a.grad?.toArray()).toEqual([Math.fround((3 * 2.5) / (5 + 1e-6)), 0]);
    expect(b.grad?.item()).toBe(Math.fround((4 * 2.5) / (5 + 1e-6)));
  });

  test("compares the norm with the threshold, not its square", () => {
    const a = withGrad(tensor([1.25, 0])); // squared norm 1.5625
    clipGradNorm(a, 1.5);
    expect(a.grad?.toArray()).toEqual([1.25, 0]);
  });

  test("leaves gradients within the limit untouched, bit for bit", () => {
    const a = withGrad(tensor([0.1, 0.2, 0.3]));
    clipGradNorm(a, 1);
    expect(a.grad?.toArray()).toEqual(tensor([0.1, 0.2, 0.3]).toArray());
  });

  test("measures without changing anything when maxNorm is infinite", () => {
    const a = withGrad(tensor([Number.POSITIVE_INFINITY, 1]));
    expect(clipGradNorm(a, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(a.grad?.toArray()).toEqual([Number.POSITIVE_INFINITY, 1]);
  });

  test("passes over parameters without a gradient", () => {
    expect(clipGradNorm([withGrad(null), withGrad(tensor([2]))], 1)).toBe(2);
    expect(clipGradNorm([], 1)).toBe(0);
  });

  test("sums in float64: small gradients beside a large one are not lost", () => {
    const small = withGrad(tensor(new Float32Array(10_000).fill(1e-4), { shape: [10_000] }));
    const norm = clipGradNorm([withGrad(tensor([1])), small], Number.POSITIVE_INFINITY);
    expect(norm).toBeCloseTo(Math.sqrt(1 + 1e-4), 10);
  });

  test("counts every element, whatever the length", () => {
    for (const length of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const squares = Array.from({ length }, (_, i) => (i + 1) ** 2);
      const gradient = tensor(Array.from({ length }, (_, i) => i + 1));
      expect(clipGradNorm(withGrad(gradient), 1)).toBe(Math.sqrt(squares.reduce((a, b) => a + b)));
    }
  });

  test("a gradient that is a view is clipped once per element", () => {
    const parameter = withGrad(tensor([2]).expand([4]));
    expect(clipGradNorm(parameter, 1)).toBe(4);
    expect(parameter.grad?.toArray()).toEqual(new Array(4).fill(Math.fround(2 / (4 + 1e-6))));
  });

  test("names the gradient that is not finite", () => {
    const parameters = [
      withGrad(tensor([1]), "weight_ih_l0"),
      withGrad(tensor([1, Number.NaN]), "weight_hh_l0"),
      withGrad(tensor([Number.NaN]), "bias_ih_l0"),
    ];
    expect(() => clipGradNorm(parameters, 1, { errorIfNonfinite: true })).toThrow(
      new RangeError('clipGradNorm: gradient norm is NaN; first non-finite gradient: "weight_hh_l0"'),
    );
    expect(parameters[0]?.grad?.item()).toBe(1);
  });

  test("says so when finite gradients have an infinite norm", () => {
    const parameter = withGrad(tensor([1e200], { dtype: "float64" }));
    expect(() => clipGradNorm(parameter, 1, { errorIfNonfinite: true })).toThrow(
      new RangeError(
        "clipGradNorm: gradient norm is Infinity; every gradient is finite, but their norm is too large for a number",
      ),
    );
  });

  test("without errorIfNonfinite NaN spreads to all gradients, as in PyTorch", () => {
    const [a, b] = [withGrad(tensor([1])), withGrad(tensor([Number.NaN]))];
    expect(clipGradNorm([a, b], 1)).toBeNaN();
    expect(a.grad?.item()).toBeNaN();
    const c = withGrad(tensor([1, Number.NaN]));
    expect(clipGradNorm(c, 1, { normType: Number.POSITIVE_INFINITY })).toBeNaN();
  });

  test("refuses limits and norms that make no sense", () => {
    expect(() => clipGradNorm([], -1)).toThrow(
      new RangeError("clipGradNorm: maxNorm must be a number >= 0, got -1"),
    );
    expect(() => clipGradNorm([], 1, { normType: 0 })).toThrow(
      new RangeError("clipGradNorm: normType must be a number > 0 or Infinity, got 0"),
    );
  });
});

describe("clipGradValue", () => {
  test("limits every element, and NaN stays NaN", () => {
    const a = withGrad(tensor([3, -3, 0.25, Number.NaN]));
    clipGradValue([a, withGrad(null)], 0.5);
    expect(a.grad?.toArray()).toEqual([0.5, -0.5, 0.25, Number.NaN]);
  });

  test("refuses a limit below zero", () => {
    expect(() => clipGradValue([], -0.5)).toThrow(
      new RangeError("clipGradValue: clipValue must be a number >= 0, got -0.5"),
    );
  });
});

test.each<[() => unknown, Error]>([
  [
    () => clipGradNorm(new Linear({ inFeatures: 1, outFeatures: 1 }) as never, 1),
    new TypeError(
      "clipGradNorm: parameters must be a list of parameters, got an object of Linear; pass model.parameters()",
    ),
  ],
  [
    () => clipGradValue(null as never, 1),
    new TypeError(
      "clipGradValue: parameters must be a list of parameters, got null; pass a list such as model.parameters()",
    ),
  ],
  [() => clipGradNorm([3] as never, 1), new TypeError("clipGradNorm: parameter 0 is 3, not a Parameter")],
  [
    () => clipGradNorm([], 1, 1 as never),
    new TypeError("clipGradNorm: options must be an object, got 1; options are normType, errorIfNonfinite"),
  ],
  [
    () => clipGradNorm([], 1, { norm_type: 1 } as never),
    new TypeError(
      'clipGradNorm: unknown option "norm_type" (did you mean "normType"?); options are normType, errorIfNonfinite',
    ),
  ],
  [
    () => clipGradNorm([], "1" as never),
    new RangeError('clipGradNorm: maxNorm must be a number >= 0, got "1"'),
  ],
])("%s is refused", (call, error) => {
  expect(call).toThrow(error);
});
