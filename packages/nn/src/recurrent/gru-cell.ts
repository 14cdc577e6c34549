import type { Variable } from "../autograd/variable.ts";
import { add } from "../functional/add.ts";
import { chunk } from "../functional/chunk.ts";
import { linear } from "../functional/linear.ts";
import { mul } from "../functional/mul.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { sub } from "../functional/sub.ts";
import { tanh } from "../functional/tanh.ts";
import type { CellWeights, HiddenState, RecurrentCell } from "./cell.ts";
import { gruSequence } from "./gru-sequence.ts";
import { stepValues } from "./trace.ts";

/**
 * The gated recurrent unit in PyTorch's variant: the reset gate multiplies the recurrent part of the candidate after
 * its matrix product (cuDNN's and Keras' `reset_after`), not the state before it (the paper).
 *
 * r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh), n = tanh(W_in x + b_in + r (W_hn h + b_hn)), h' = (1 - z) n + z h.
 */
export const gruCell: RecurrentCell<HiddenState> = {
  config: { resetAfter: true },
  gates: 3,
  stateSizes: (hiddenSize) => ({ h: hiddenSize }),
  step(x, { h }, weights, masked = h) {
    const { z, n } = gates(x, masked, weights);
    return { h: add(mul(sub(1, z), n), mul(z, h)) };
  },
  sequence: gruSequence,
  streamed: "gru",
  trace: ({ x, previous, weights, timeline }) => stepValues(gates(x, previous, weights), timeline),
};

function gates(
  x: Variable,
  h: Variable,
  { weightIh, weightHh, biasIh, biasHh }: CellWeights,
): Record<"r" | "z" | "n", Variable> {
  const [xr, xz, xn] = chunk(linear(x, weightIh, biasIh), 3, 1) as [Variable, Variable, Variable];
  const [hr, hz, hn] = chunk(linear(h, weightHh, biasHh), 3, 1) as [Variable, Variable, Variable];
  const r = sigmoid(add(xr, hr));
  const z = sigmoid(add(xz, hz));
  const n = tanh(add(xn, mul(r, hn)));
  return { r, z, n };
}
