import { expectClose, gradcheck } from "@internal/testing";
import { Generator, ShapeError, Tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { Variable } from "../autograd/variable.ts";
import { scan } from "../recurrent/scan.ts";
import { LayerNormLSTMCell } from "./layer-norm-lstm-cell.ts";

/** Numbers between -1 and 1 that no two places share. */
function values(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    Float64Array.from({ length: size }, (_, i) => Math.cos(seed * 7.3 + i * 1.7)),
    shape,
  );
}

const options = { inputSize: 3, hiddenSize: 4, dtype: "float64", generator: new Generator(1) } as const;

/** Every parameter, the norms' too, away from its start. */
function makeCell(): LayerNormLSTMCell {
  const cell = new LayerNormLSTMCell(options);
  cell.loadStateDict(
    new Map([...cell.stateDict()].map(([name, { shape }], i) => [name, values(shape, i + 1)])),
  );
  return cell;
}

/** The equations, number by number. */
function byHand(weights: Map<string, Tensor>, x: number[], h: number[], c: number[]): [number[], number[]] {
  const numbers = (name: string): number[] => [...weights.get(name)!.data];
  const product = (name: string, v: number[]): number[] =>
    Array.from({ length: 16 }, (_, row) =>
      v.reduce((sum, one, k) => sum + numbers(name)[row * v.length + k]! * one, 0),
    );
  const norm = (name: string, v: number[]): number[] => {
    const mean = v.reduce((a, b) => a + b) / v.length;
    const variance = v.reduce((sum, one) => sum + (one - mean) ** 2, 0) / v.length;
    return v.map(
      (one, k) =>
        ((one - mean) / Math.sqrt(variance + 1e-5)) * numbers(`${name}.weight`)[k]! +
        numbers(`${name}.bias`)[k]!,
    );
  };
  const fromH = norm("norm_hh", product("weight_hh", h));
  const a = norm("norm_ih", product("weight_ih", x)).map((one, k) => one + fromH[k]!);
  const sigmoid = (one: number): number => 1 / (1 + Math.exp(-one));
  const cNext = c.map((before, k) => sigmoid(a[4 + k]!) * before + sigmoid(a[k]!) * Math.tanh(a[8 + k]!));
  const shown = norm("norm_c", cNext);
  return [cNext.map((_, k) => sigmoid(a[12 + k]!) * Math.tanh(shown[k]!)), cNext];
}

describe("LayerNormLSTMCell", () => {
  it("computes the paper's equations", () => {
    const cell = makeCell();
    const [x, h, c] = [values([2, 3], 20), values([2, 4], 21), values([2, 4], 22)];
    const after = cell.forward(x, { h, c });
    for (let n = 0; n < 2; n++) {
      const row = (y: Tensor): number[] => y.select(0, n).toArray() as number[];
      const [hNext, cNext] = byHand(cell.stateDict(), row(x), row(h), row(c));
      expectClose(row(after.h.value), hNext, { rtol: 1e-13, atol: 1e-14 });
      expectClose(row(after.c.value), cNext, { rtol: 1e-13, atol: 1e-14 });
    }
  });

  it("has the gradients that central differences give, over a sequence of ragged rows", () => {
    const cell = makeCell();
    const x = new Variable(values([3, 2, 3], 30), { requiresGrad: true });
    const loss = (): Variable => {
      const { output, state } = scan(cell, x, undefined, { lengths: [3, 1] });
      return output
        .mul(values([3, 2, 4], 31))
        .sum()
        .add(state.c.mul(values([2, 4], 32)).sum());
    };
    loss().backward();
    const inputs = [x, ...cell.parameters()];
    gradcheck(
      () => loss().item(),
      inputs.map(({ value }) => value.data as Float64Array),
      inputs.map(({ grad }) => grad!.contiguous().data as Float64Array),
    );
  });

  it("is indifferent to the scale of its weights", () => {
    const cell = makeCell();
    const x = values([2, 3], 40);
    const state = { h: values([2, 4], 41), c: values([2, 4], 42) };
    const before = cell.forward(x, state).h.value;
    for (const name of ["weight_ih", "weight_hh"]) {
      const { data } = cell.stateDict().get(name)!;
      data.forEach((one, i) => {
        data[i] = 100 * one;
      });
    }
    // equal but for eps, which counts less beside larger sums
    expectClose(cell.forward(x, state).h.value.data, before.data, { rtol: 1e-4, atol: 1e-4 });
  });

  it("takes one row without a batch, and starts from zeros", () => {
    const cell = makeCell();
    const x = values([3], 50);
    const start = { h: zeros([1, 4], { dtype: "float64" }), c: zeros([1, 4], { dtype: "float64" }) };
    const { h } = cell.forward(x);
    expect(h.shape).toEqual([4]);
    expect([...h.value.data]).toEqual([...cell.forward(x.unsqueeze(0), start).h.value.data]);
  });

  it("names its parameters, and itself in errors", () => {
    const cell = makeCell();
    expect([...cell.stateDict().keys()]).toEqual([
      "weight_ih",
      "weight_hh",
      "norm_ih.weight",
      "norm_ih.bias",
      "norm_hh.weight",
      "norm_hh.bias",
      "norm_c.weight",
      "norm_c.bias",
    ]);
    expect(() => new LayerNormLSTMCell({ ...options, hiddenSize: 0 })).toThrow(
      new RangeError("LayerNormLSTMCell: hiddenSize must be a positive integer, got 0"),
    );
    expect(() => cell.forward(zeros([2, 5], { dtype: "float64" }))).toThrow(
      new ShapeError(
        "LayerNormLSTMCell.forward: input has 5 features in its last dimension, but inputSize is 3 (input shape [2,5])",
      ),
    );
  });
});
