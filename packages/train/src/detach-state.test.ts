import { GRU, Parameter, Variable } from "@rnn/nn";
import { randn, tensor } from "@rnn/tensor";
import { expect, test } from "vitest";
import { detachState } from "./detach-state.ts";

test("detaches variables in objects and arrays and shares their data", () => {
  const w = new Parameter(tensor([2]));
  const state = { h: w.mul(3), layers: [w.mul(4), w.mul(5)] };
  const detached = detachState(state);
  expect([detached.h, ...detached.layers].map(({ requiresGrad }) => requiresGrad)).toEqual([
    false,
    false,
    false,
  ]);
  expect(detached.h.value).toBe(state.h.value);
  expect(state.h.requiresGrad).toBe(true);
});

test("detaches the state of a layer, which keeps layer(i)", () => {
  const gru = new GRU({ inputSize: 2, hiddenSize: 3, numLayers: 2 });
  const { state } = gru.forward(randn([4, 1, 2]));
  const detached = detachState(state);
  expect(detached.h.requiresGrad).toBe(false);
  expect(detached.layer(1).forward.h.value.toArray()).toEqual(state.layer(1).forward.h.value.toArray());
  expect(detached.layer(1).forward.h.requiresGrad).toBe(false);
});

test("passes on what is not a variable", () => {
  const positions = new Int32Array([1, 2]);
  const state = detachState({ step: 3, x: tensor([1]), positions, none: null, missing: undefined });
  expect(state.step).toBe(3);
  expect(state.positions).toBe(positions);
  expect(state.x.toArray()).toEqual([1]);
  expect(state.none).toBeNull();
  expect(detachState(undefined)).toBeUndefined();
  expect(detachState(new Variable(tensor([1])))).toBeInstanceOf(Variable);
});
