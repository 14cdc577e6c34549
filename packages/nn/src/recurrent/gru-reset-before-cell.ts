import type { Variable } from "../autograd/variable.ts";
import { add } from "../functional/add.ts";
import { chunk } from "../functional/chunk.ts";
import { linear } from "../functional/linear.ts";
import { mul } from "../functional/mul.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { split } from "../functional/split.ts";
import { sub } from "../functional/sub.ts";
import { tanh } from "../functional/tanh.ts";
import type { CellWeights, HiddenState, RecurrentCell } from "./cell.ts";
import { gruResetBeforeSequence } from "./gru-reset-before-sequence.ts";
import { stepValues } from "./trace.ts";

/**
 * The gated recurrent unit of the paper: the reset gate multiplies the state before the recurrent matrix product
 * (ONNX's default, Keras' `reset_after=False`), not the product's result (`gruCell`).
 *
 * r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh), n = tanh(W_in x + b_in + W_hn (r h) + b_hn), h' = (1 - z) n + z h.
 */
export const gruResetBeforeCell: RecurrentCell<HiddenState> = {
  config: { resetAfter: false },
  gates: 3,
  stateSizes: (hiddenSize) => ({ h: hiddenSize }),
  step(x, { h }, weights, masked = h) {
    const { z, n } = gates(x, masked, weights);
    return { h: add(mul(sub(1, z), n), mul(z, h)) };
  },
  sequence: gruResetBeforeSequence,
  streamed: "gru-reset-before",
  trace: ({ x, previous, weights, timeline }) => stepValues(gates(x, previous, weights), timeline),
};

function gates(
  x: Variable,
  h: Variable,
  { weightIh, weightHh, biasIh, biasHh }: CellWeights,
): Record<"r" | "z" | "n", Variable> {
  const H = h.shape[1]!;
  const [weightRz, weightN] = split(weightHh, [2 * H, H], 0) as [Variable, Variable];
  const [biasRz, biasN] = biasHh === null ? [null, null] : split(biasHh, [2 * H, H], 0);
  const [xr, xz, xn] = chunk(linear(x, weightIh, biasIh), 3, 1) as [Variable, Variable, Variable];
  const [hr, hz] = chunk(linear(h, weightRz, biasRz), 2, 1) as [Variable, Variable];
  const r = sigmoid(add(xr, hr));
  const z = sigmoid(add(xz, hz));
  const n = tanh(add(xn, linear(mul(r, h), weightN, biasN)));
  return { r, z, n };
}
