import type { Tensor } from "@rnn/tensor";
import * as functions from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { expectStored, load, loadCases, type StoredTensor } from "./fixtures.ts";

interface FunctionCase {
  readonly name: string;
  readonly kind: string;
  readonly args: readonly never[];
  readonly x: StoredTensor;
  readonly results: readonly StoredTensor[];
}

const calls: Readonly<Record<string, (x: Tensor, ...args: readonly never[]) => Tensor>> = {
  slice: (x, ...specs) => x.slice(...specs),
  quantile: functions.quantile,
  diff: functions.diff,
  unfold: functions.unfold,
  movedim: functions.movedim,
  amax: functions.amax,
  amin: functions.amin,
  countNonzero: functions.countNonzero,
  logcumsumexp: functions.logcumsumexp,
};

describe("functions agree with NumPy", () => {
  const cases = loadCases<FunctionCase>("numpy-functions.json");

  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, { kind, args, x, results }) => {
    // quarters and their sums are exact; interpolation and logarithms are rounded once or twice
    expectStored(calls[kind]!(load(x), ...args), results[0]!, { rtol: 1e-15, atol: 1e-15 });
  });

  test("every kind has cases", () => {
    expect(new Set(cases.map(({ kind }) => kind))).toEqual(new Set(Object.keys(calls)));
  });
});
