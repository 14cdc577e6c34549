import { Parameter, type Variable, variable } from "@rnn/nn";
import { type Tensor, tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { CarriedState } from "./carried-state.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoints/codec.ts";

const start = { isStart: true };
const next = () => ({ isStart: false });

describe("CarriedState", () => {
  test("a batch goes on from the state after the one before, cut off from its graph", () => {
    const carried = new CarriedState<{ h: Variable }>();
    const weight = new Parameter(tensor([[2]]));
    expect(carried.before(start)).toBeUndefined();
    carried.after({ h: weight.mul(3) });
    const state = carried.before(next());
    expect(state?.h.item()).toBe(6);
    expect(state?.h.requiresGrad).toBe(false);
  });

  test("where lanes begin there is no state", () => {
    const carried = new CarriedState<Variable>();
    carried.after(variable([1]));
    expect(carried.before({ isStart: true })).toBeUndefined();
    carried.after(variable([2]));
    expect(carried.before(next())?.item()).toBe(2);
  });

  test("a batch that is read again begins where it began", () => {
    const carried = new CarriedState<Variable>();
    carried.after(variable([1]));
    const batch = next();
    for (let i = 0; i < 3; i++) {
      expect(carried.before(batch)?.item()).toBe(1);
      carried.after(variable([5 + i]));
    }
    expect(carried.before(next())?.item()).toBe(7);
  });

  test.each([
    ["one variable", variable([[1, 2]]), [""]],
    ["an object", { h: variable([[1]]), c: variable([[2]]) }, ["h", "c"]],
    ["layers", { h: [variable([[1]]), variable([[2]])] }, ["h[0]", "h[1]"]],
    ["nested", [{ encoder: { h: variable([[1]]) } }, variable([[2]])], ["[0].encoder.h", "[1]"]],
  ])("is saved and restored: %s", (_, state, paths) => {
    const carried = new CarriedState<unknown>();
    carried.after(state);
    const saved = carried.stateDict();
    expect([...saved.keys()]).toEqual(paths);
    const file = encodeCheckpoint({ step: 1, epoch: 0, state: {}, tensors: saved });
    const restored = new CarriedState<unknown>();
    restored.loadStateDict(decodeCheckpoint(file).tensors);
    expect(JSON.stringify(restored.before(next()))).toBe(JSON.stringify(carried.before(next())));
    expect([...restored.stateDict()].map(([path, { data }]) => [path, [...data]])).toEqual(
      [...saved].map(([path, { data }]) => [path, [...data]]),
    );
  });

  test("tensors of a state are saved, too", () => {
    const carried = new CarriedState<{ h: Tensor }>();
    carried.after({ h: tensor([[1, 2]]) });
    expect([...carried.stateDict()].map(([path, { data }]) => [path, [...data]])).toEqual([["h", [1, 2]]]);
  });

  test("nothing is saved before the first batch", () => {
    const carried = new CarriedState<Variable>();
    expect(carried.stateDict().size).toBe(0);
    carried.after(variable([1]));
    carried.loadStateDict(new Map());
    expect(carried.before(next())).toBeUndefined();
  });

  test("a name from a file is a name, whatever it is called", () => {
    const carried = new CarriedState<Record<string, Variable>>();
    carried.loadStateDict(new Map([["__proto__", tensor([1])]]));
    const state = carried.before(next());
    expect(Object.getPrototypeOf(state)).toBe(Object.prototype);
    expect(Object.keys(state ?? {})).toEqual(["__proto__"]);
  });
});
