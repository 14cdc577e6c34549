import { add } from "../functional/add.ts";
import { linear } from "../functional/linear.ts";
import { relu } from "../functional/relu.ts";
import { tanh } from "../functional/tanh.ts";
import { unsqueeze } from "../functional/unsqueeze.ts";
import type { HiddenState, RecurrentCell } from "./cell.ts";
import type { Nonlinearity } from "./nonlinearity.ts";
import { rnnSequence } from "./rnn-sequence.ts";
import { oneStep } from "./timeline.ts";

/** h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu in place of tanh. */
export function rnnCell(nonlinearity: Nonlinearity): RecurrentCell<HiddenState> {
  const activation = nonlinearity === "tanh" ? tanh : relu;
  return {
    config: { nonlinearity },
    gates: 1,
    stateSizes: (hiddenSize) => ({ h: hiddenSize }),
    step(x, { h }, { weightIh, weightHh, biasIh, biasHh }) {
      return { h: activation(add(linear(x, weightIh, biasIh), linear(h, weightHh, biasHh))) };
    },
    // h is read by the products alone
    stepReading: (read, x, _state, weights) =>
      rnnSequence(nonlinearity, unsqueeze(x, 0), { h: read }, weights, oneStep(x)).state,
    sequence: (x, state, weights, timeline, kept) =>
      rnnSequence(nonlinearity, x, state, weights, timeline, kept),
    streamed: nonlinearity,
    inside: () => ({}),
  };
}
