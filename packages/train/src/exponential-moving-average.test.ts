import { Linear } from "@rnn/nn";
import { Tensor, tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { type AverageState, ExponentialMovingAverage } from "./exponential-moving-average.ts";

/** A model of two weights, and its average over the given pairs of weights. */
function averaging(decay: number, steps: readonly (readonly [number, number])[]) {
  const model = new Linear({ inFeatures: 2, outFeatures: 1, bias: false, dtype: "float64" });
  const average = new ExponentialMovingAverage(model, { decay });
  for (const step of steps) {
    model.weight.value.data.set(step);
    average.update();
  }
  return { model, average, weights: () => [...model.weight.value.data] };
}

/** The definition, term by term: decay^t w_0 + (1 - decay) Σ decay^(t - s) w_s. */
function byDefinition(decay: number, values: readonly number[]): number {
  const last = values.length - 1;
  return values.reduce(
    (sum, w, s) => sum + (s === 0 ? decay ** last : (1 - decay) * decay ** (last - s)) * w,
    0,
  );
}

test("is the weighted sum of all weights so far", () => {
  const steps = [3, -1, 4, 1, -5, 9, 2.5].map((w, s) => [w, s] as const);
  const { average, weights } = averaging(0.8, steps);
  average.swap();
  for (const [i, w] of weights().entries()) {
    expect(w).toBeCloseTo(
      byDefinition(
        0.8,
        steps.map((step) => step[i]!),
      ),
      12,
    );
  }
});

test("swapping twice brings back the weights bit for bit, and the average goes on", () => {
  const { model, average, weights } = averaging(0.5, [
    [1, 2],
    [3, 5],
  ]);
  average.swap();
  expect([average.swapped, ...weights()]).toEqual([true, 2, 3.5]);
  average.swap();
  expect([average.swapped, ...weights()]).toEqual([false, 3, 5]);
  model.weight.value.data.set([4, 0.5]);
  average.update();
  average.swap();
  expect(weights()).toEqual([3, 2]);
});

test("before the first update there is nothing to swap or save", () => {
  const { average, weights } = averaging(0.5, []);
  const before = weights();
  average.swap();
  expect(average.swapped).toBe(false);
  expect(weights()).toEqual(before);
  expect(average.stateDict()).toEqual({ updates: 0, tensors: new Map() });
});

test("a saved state goes on as the original does", () => {
  const first = averaging(0.9, [
    [1, 2],
    [3, 4],
  ]);
  const second = averaging(0.9, []);
  second.average.loadStateDict(first.average.stateDict());
  expect(second.average.updates).toBe(2);
  for (const { model, average } of [first, second]) {
    model.weight.value.data.set([7, -7]);
    average.update();
    average.swap();
  }
  expect(second.weights()).toEqual(first.weights());
});

describe("errors", () => {
  const model = new Linear({ inFeatures: 2, outFeatures: 1, bias: false });
  const make = (given: unknown, options: object) => () =>
    new ExponentialMovingAverage(given as Linear, options);
  const load = (state: unknown) => () =>
    new ExponentialMovingAverage(model).loadStateDict(state as AverageState);
  const tensors = (entries: Record<string, unknown>) => ({
    updates: 1,
    tensors: new Map(Object.entries(entries)),
  });

  test.each([
    [
      make(model.parameters(), {}),
      new TypeError("ExponentialMovingAverage: model must be a Module, got [an object of Parameter]"),
    ],
    [
      make(model, { decay: 1 }),
      new RangeError("ExponentialMovingAverage: decay must be a finite number >= 0 and < 1, got 1"),
    ],
    [
      make(model, { momentum: 0.9 }),
      new TypeError('ExponentialMovingAverage: unknown option "momentum"; options are decay'),
    ],
    [
      load([]),
      new TypeError(
        "ExponentialMovingAverage.loadStateDict: state must be what stateDict() returned, got []",
      ),
    ],
    [load(tensors({})), new RangeError('ExponentialMovingAverage.loadStateDict: missing tensor "weight"')],
    [
      load(tensors({ weight: tensor([1, 2]) })),
      new RangeError(
        'ExponentialMovingAverage.loadStateDict: "weight" must be float32 [1,2], got float32 [2]',
      ),
    ],
    [
      load(tensors({ weight: new Tensor(new Float32Array(2), [1, 2]), bias: tensor([0]) })),
      new RangeError('ExponentialMovingAverage.loadStateDict: unexpected tensor "bias"'),
    ],
    [
      load({ updates: -1, tensors: new Map() }),
      new RangeError("ExponentialMovingAverage.loadStateDict: updates must be an integer >= 0, got -1"),
    ],
    [
      load({ updates: 1, tensors: {} }),
      new TypeError("ExponentialMovingAverage.loadStateDict: tensors must be a Map, got an object"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });

  test.each(["update", "stateDict"] as const)("%s while the model holds the averages", (method) => {
    const { average } = averaging(0.5, [[1, 2]]);
    average.swap();
    expect(() => average[method]()).toThrow(
      new Error(`ExponentialMovingAverage.${method}: the model holds the averages; call swap() first`),
    );
  });
});
