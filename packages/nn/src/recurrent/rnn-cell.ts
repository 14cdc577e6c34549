import { add } from "../functional/add.ts";
import { linear } from "../functional/linear.ts";
import { relu } from "../functional/relu.ts";
import { tanh } from "../functional/tanh.ts";
import type { HiddenState, RecurrentCell } from "./cell.ts";
import type { Nonlinearity } from "./nonlinearity.ts";
import { rnnSequence } from "./rnn-sequence.ts";

/** h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu in place of tanh. */
export function rnnCell(nonlinearity: Nonlinearity): RecurrentCell<HiddenState> {
  const activation = nonlinearity === "tanh" ? tanh : relu;
  return {
    config: { nonlinearity },
    gates: 1,
    stateSizes: (hiddenSize) => ({ h: hiddenSize }),
    step(x, { h }, { weightIh, weightHh, biasIh, biasHh }, masked = h) {
      return { h: activation(add(linear(x, weightIh, biasIh), linear(masked, weightHh, biasHh))) };
    },
    sequence: (x, state, weights, timeline, dropoutMask) =>
      rnnSequence(nonlinearity, x, state, weights, timeline, dropoutMask),
    streamed: nonlinearity,
    trace: () => ({}),
  };
}
