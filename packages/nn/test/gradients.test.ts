import * as nn from "@rnn/nn";
import { Generator } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { checkGradients, ids } from "./gradients/check.ts";
import { losses } from "./gradients/losses.ts";
import { operations } from "./gradients/operations.ts";

describe("gradients agree with central differences", () => {
  for (const [name, [f, shapes]] of Object.entries({ ...operations, ...losses })) {
    it(name, () => checkGradients(f, shapes));
  }

  it("dropout", () => {
    // the same mask for every evaluation
    const mask = (x: nn.Variable): nn.Variable => nn.dropout(x, { p: 0.5, generator: new Generator(3) });
    checkGradients((x) => mask(x!), [[4, 3]]);
  });
});

it("no differentiable operation is left out", () => {
  const others = `dropout decodeSafetensors detectAnomaly encodeSafetensors finalFeatures isGradEnabled
    loadSafetensors noGrad packPaddedSequence packSequence padPackedSequence padSequence record recordAll
    saveSafetensors scan sequenceMask summary variable`.split(/\s+/);
  const checked = Object.keys({ ...operations, ...losses }).map((key) => key.split(/[ ,]/)[0]);
  const functions = Object.entries(nn).filter(
    ([name, value]) => typeof value === "function" && /^[a-z]/.test(name),
  );
  const left = functions.map(([name]) => name).filter((name) => !checked.includes(name));
  expect(left.sort()).toEqual(others.sort());
});

describe("gradients at kinks and ties", () => {
  const gradient = (f: (x: nn.Variable) => nn.Variable, values: number[]): unknown => {
    const x = nn.variable(values, { requiresGrad: true });
    f(x).sum().backward();
    return x.grad?.toArray();
  };

  it("are 0 for abs and relu at 0", () => {
    expect(gradient(nn.abs, [-2, 0, 2])).toEqual([-1, 0, 1]);
    expect(gradient(nn.relu, [-2, 0, 2])).toEqual([0, 0, 1]);
  });

  it("pass clamp at its limits", () => {
    expect(gradient((x) => nn.clamp(x, { min: -1, max: 1 }), [-2, -1, 0, 1, 2])).toEqual([0, 1, 1, 1, 0]);
  });

  it("are shared by equal operands of maximum and minimum", () => {
    expect(gradient((x) => nn.maximum(x, 2), [1, 2, 3])).toEqual([0, 0.5, 1]);
    expect(gradient((x) => nn.minimum(x, 2), [1, 2, 3])).toEqual([1, 0.5, 0]);
  });

  it("are shared by equal elements in max over all, and go to the first in max over a dimension", () => {
    expect(gradient((x) => nn.max(x), [3, 1, 3])).toEqual([0.5, 0, 0.5]);
    expect(gradient((x) => nn.max(x, { dim: 0 }).values, [3, 1, 3])).toEqual([1, 0, 0]);
    expect(gradient((x) => nn.min(x), [3, 1, 1])).toEqual([0, 0.5, 0.5]);
  });

  it("are 0 for a norm and a standard deviation of 0", () => {
    expect(gradient((x) => nn.norm(x), [0, 0])).toEqual([0, 0]);
    expect(gradient((x) => nn.norm(x, { p: 1 }), [0, -2])).toEqual([0, -1]);
    expect(gradient((x) => nn.norm(x, { p: Infinity }), [-3, 1, 3])).toEqual([-0.5, 0, 0.5]);
    expect(gradient((x) => nn.std(x), [2, 2])).toEqual([0, 0]);
  });

  it("are those from below for leakyRelu and elu at 0", () => {
    expect(gradient((x) => nn.leakyRelu(x, { negativeSlope: 0.5 }), [-2, 0, 2])).toEqual([0.5, 0.5, 1]);
    expect(gradient((x) => nn.elu(x, { alpha: 0.5 }), [0, 2])).toEqual([0.5, 1]);
  });

  it("are 0 for a power of 0, also of 0", () => {
    expect(gradient((x) => nn.pow(x, 0), [0, 2])).toEqual([0, 0]);
    expect(gradient((x) => nn.pow(x, nn.variable([0, 0, 2])), [0, 2, 0])).toEqual([0, 0, 0]);
  });
});

describe("methods of a variable", () => {
  const x = nn.variable([
    [1, 2, 3],
    [6, 5, 4],
  ]);
  const free =
    `cat stack where linear embedding embeddingBag dropout layerNorm conv1d flatten maxOverTime meanOverTime
    lastStep maskedMean dotProductAttention silu gelu softplus leakyRelu elu sin cos variance std norm einsum`.split(
      /\s+/,
    );
  /** What methods take beside the variable; nothing if they are not here. */
  const others: Record<string, unknown[]> = {
    ...Object.fromEntries(
      ["add", "sub", "mul", "div", "pow", "maximum", "minimum"].map((name) => [name, [2]]),
    ),
    ...Object.fromEntries(
      ["cumsum", "softmax", "logSoftmax", "unsqueeze", "flip", "unbind"].map((name) => [name, [1]]),
    ),
    clamp: [{ min: 2 }],
    logsumexp: [{ dim: 1 }],
    sum: [{ dim: 1 }],
    mean: [{ dim: 1 }],
    max: [{ dim: 1 }],
    min: [{ dim: 1 }],
    matmul: [nn.variable([1, 2, 3])],
    reshape: [[3, 2]],
    permute: [[1, 0]],
    transpose: [0, 1],
    expand: [[2, 2, 3]],
    select: [1, 2],
    indexSelect: [1, ids([2, 0])],
    gather: [1, ids([2, 0], [2, 1])],
    split: [[1, 2], 1],
    chunk: [2, 0],
  };
  const values = (result: unknown): unknown => {
    if (result instanceof nn.Variable) return result.value.toArray();
    return Object.values(result as object).map((part) =>
      part instanceof nn.Variable ? values(part) : part.toArray(),
    );
  };
  const names = new Set(Object.keys(operations).map((key) => key.split(/[ ,]/)[0] as string));
  it.each([...names].filter((name) => !free.includes(name) && name !== "slice"))(
    "%s is the function of its name",
    (name) => {
      const method = (...args: unknown[]): unknown =>
        (x as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!(...args);
      const operation = (nn as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!;
      for (const args of name === "max" || name === "min" ? [[], others[name]!] : [others[name] ?? []]) {
        expect(values(method(...args))).toEqual(values(operation(x, ...args)));
      }
    },
  );

  it("slice takes the entries one by one", () => {
    expect(values(x.slice(1, [0, 2]))).toEqual(values(nn.slice(x, [1, [0, 2]])));
  });
});
