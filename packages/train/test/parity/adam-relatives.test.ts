// Results that PyTorch 2 printed for a small regression, as recorded (to four decimals) in the tests of
// candle-optimisers (github.com/KGrewal1/candle-optimisers, Apache-2.0 or MIT); numbers only.
import { Linear, Parameter } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { NAdam, type NAdamOptions, type Optimizer, RAdam, type RAdamOptions } from "@rnn/train";
import { describe, expect, test } from "vitest";

/** 100 steps on the sum of squared errors of y = 3 x1 + x2 - 2 at four points, from zeros. */
function regress(make: (parameters: Parameter[]) => Optimizer): number[] {
  const model = new Linear({ inFeatures: 2, outFeatures: 1 });
  for (const parameter of model.parameters()) parameter.value.data.fill(0);
  const optimizer = make(model.parameters());
  const x = tensor([
    [2, 1],
    [7, 4],
    [-4, 12],
    [5, 8],
  ]);
  const y = tensor([[5], [23], [-2], [21]]);
  for (let step = 0; step < 100; step++) {
    optimizer.zeroGrad();
    model.forward(x).sub(y).pow(2).sum().backward();
    optimizer.step();
  }
  return model.parameters().flatMap(({ value }) => [...value.data]);
}

describe("PyTorch's results", () => {
  test.each<[string, (parameters: Parameter[]) => Optimizer, number[]]>([
    ["NAdam", (p) => new NAdam(p), [0.1897, 0.1837, 0.1864]],
    ["NAdam, decay", (p) => new NAdam(p, { weightDecay: 0.6 }), [0.1897, 0.1837, 0.1863]],
    [
      "NAdam, decoupled decay",
      (p) => new NAdam(p, { weightDecay: 0.6, decoupledWeightDecay: true }),
      [0.1792, 0.1737, 0.1762],
    ],
    ["RAdam", (p) => new RAdam(p), [2.2128, 1.2819, 0.2923]],
    ["RAdam, decay", (p) => new RAdam(p, { weightDecay: 0.4 }), [2.2117, 1.2812, 0.2921]],
  ])("%s", (_, make, expected) => {
    for (const [i, value] of regress(make).entries()) {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(0.00005001);
    }
  });
});

describe("every step by the formula of PyTorch's documentation, in float64", () => {
  const gradients = [0.7, -0.3, 0.01, 2, -1.4, 0.2, 0.5, -0.9, 0.05, 1];

  test.each<RAdamOptions>([
    {},
    { betas: [0.8, 0.9], weightDecay: 0.2 },
    { betas: [0.5, 0.99], weightDecay: 0.2, decoupledWeightDecay: true, maximize: true },
  ])("RAdam %j", (options) => {
    const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
    const [b1, b2] = betas;
    let [w, m, v] = [1.5, 0, 0];
    const parameter = new Parameter(tensor([w], { dtype: "float64" }));
    const optimizer = new RAdam([parameter], options);
    for (const [k, gradient] of gradients.entries()) {
      const t = k + 1;
      let g = options.maximize ? -gradient : gradient;
      if (options.decoupledWeightDecay) w -= learningRate * weightDecay * w;
      else g += weightDecay * w;
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g ** 2;
      const meanHat = m / (1 - b1 ** t);
      const infinity = 2 / (1 - b2) - 1;
      const rho = infinity - (2 * t * b2 ** t) / (1 - b2 ** t);
      if (rho > 5) {
        const l = Math.sqrt(1 - b2 ** t) / (Math.sqrt(v) + eps);
        const r = Math.sqrt(((rho - 4) * (rho - 2) * infinity) / ((infinity - 4) * (infinity - 2) * rho));
        w -= learningRate * meanHat * r * l;
      } else {
        w -= learningRate * meanHat;
      }
      parameter.grad = tensor([gradient], { dtype: "float64" });
      optimizer.step();
      expect(parameter.value.item()).toBeCloseTo(w, 12);
    }
  });

  test.each<NAdamOptions>([
    {},
    { betas: [0.8, 0.9], weightDecay: 0.2, momentumDecay: 0.5 },
    { betas: [0.5, 0.99], weightDecay: 0.2, decoupledWeightDecay: true, maximize: true },
  ])("NAdam %j", (options) => {
    const { learningRate = 2e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
    const { momentumDecay = 4e-3 } = options;
    const [b1, b2] = betas;
    let [w, m, v] = [1.5, 0, 0];
    const parameter = new Parameter(tensor([w], { dtype: "float64" }));
    const optimizer = new NAdam([parameter], options);
    const mu = (t: number) => b1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
    const product = (last: number) =>
      Array.from({ length: last }, (_, i) => mu(i + 1)).reduce((a, b) => a * b, 1);
    for (const [k, gradient] of gradients.entries()) {
      const t = k + 1;
      let g = options.maximize ? -gradient : gradient;
      if (options.decoupledWeightDecay) w -= learningRate * weightDecay * w;
      else g += weightDecay * w;
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g ** 2;
      const meanHat = (mu(t + 1) * m) / (1 - product(t + 1)) + ((1 - mu(t)) * g) / (1 - product(t));
      w -= (learningRate * meanHat) / (Math.sqrt(v / (1 - b2 ** t)) + eps);
      parameter.grad = tensor([gradient], { dtype: "float64" });
      optimizer.step();
      expect(parameter.value.item()).toBeCloseTo(w, 12);
    }
  });
});

describe("options out of range", () => {
  const weight = () => [new Parameter(tensor([1]))];

  test.each<[() => unknown, Error]>([
    [
      () => new NAdam(weight(), { momentumDecay: -1 }),
      new RangeError("NAdam: momentumDecay must be a finite number >= 0, got -1"),
    ],
    [
      () => new NAdam(weight(), { betas: [1, 0] }),
      new RangeError("NAdam: betas[0] must be a finite number >= 0 and < 1, got 1"),
    ],
    [
      () => new RAdam(weight(), { decoupledWeightDecay: 1 as never }),
      new TypeError("RAdam: decoupledWeightDecay must be true or false, got 1"),
    ],
    [
      () => new RAdam(weight(), { amsgrad: true } as RAdamOptions),
      new TypeError(
        'RAdam: unknown option "amsgrad"; options are learningRate, betas, eps, weightDecay, decoupledWeightDecay, maximize',
      ),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });

  test("a saved number of another shape", () => {
    const parameters = weight();
    const optimizer = new NAdam(parameters);
    parameters[0]!.grad = tensor([1]);
    optimizer.step();
    const saved = optimizer.stateDict();
    expect(saved.tensors.get("0.mu_product")?.shape).toEqual([]);
    const tensors = new Map([...saved.tensors, ["0.mu_product", tensor([1, 2])] as const]);
    expect(() => optimizer.loadStateDict({ ...saved, tensors })).toThrow(
      new RangeError('NAdam.loadStateDict: "0.mu_product" has shape [2], but it is one number'),
    );
  });
});
