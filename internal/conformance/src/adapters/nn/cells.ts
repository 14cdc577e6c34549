import type { Module } from "@rnn/nn";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { needClass } from "../../library.ts";
import { toOperands, toTensors, type Value } from "../../tensors.ts";
import { compare } from "../differentiate.ts";
import { initialState, parametersByName, type RecurrentState } from "./recurrent-layers.ts";

interface CellConfig {
  readonly input_size: number;
  readonly hidden_size: number;
  readonly bias?: boolean;
  readonly nonlinearity?: "tanh" | "relu";
}

interface Cell extends Module {
  forward(input: Value, state?: RecurrentState): RecurrentState;
}

/** kinds `RNNCell`, `LSTMCell`, `GRUCell`: one step. */
export const cellCase: GoldenAdapter = golden<CellConfig>((c, context) => {
  const { input_size: inputSize, hidden_size: hiddenSize, bias, nonlinearity } = c.config;
  const CellClass = needClass<new (options: object) => Cell>("nn", c.kind);
  const cell = new CellClass({ inputSize, hiddenSize, bias, ...(nonlinearity ? { nonlinearity } : {}) });
  cell.loadStateDict(toTensors(c.params));
  const inputs = toOperands(c.inputs, c.grads.inputs);
  const state = cell.forward(inputs.input as Value, initialState(inputs.h0, inputs.c0));
  compare(c, context, { outputs: { ...state }, inputs, params: parametersByName(cell) });
});
