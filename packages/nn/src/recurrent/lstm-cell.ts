import type { Variable } from "../autograd/variable.ts";
import { add } from "../functional/add.ts";
import { chunk } from "../functional/chunk.ts";
import { linear } from "../functional/linear.ts";
import { mul } from "../functional/mul.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { tanh } from "../functional/tanh.ts";
import type { HiddenAndCellState, RecurrentCell } from "./cell.ts";
import { lstmSequence } from "./lstm-sequence.ts";

/**
 * The long short-term memory.
 *
 * i, f, o = sigmoid(W_ih x + b_ih + W_hh h + b_hh): what to write, what to keep, what to show; g = tanh(...): what could
 * be written. c' = f c + i g is the long memory, h' = o tanh(c') the short one, projected by W_hr if there is one.
 */
export const lstmCell: RecurrentCell<HiddenAndCellState> = {
  gates: 4,
  stateSizes: (hiddenSize, projSize) => ({ h: projSize || hiddenSize, c: hiddenSize }),
  step(x, { h, c }, { weightIh, weightHh, biasIh, biasHh, weightHr }) {
    const sums = add(linear(x, weightIh, biasIh), linear(h, weightHh, biasHh));
    const [i, f, g, o] = chunk(sums, 4, 1) as [Variable, Variable, Variable, Variable];
    const cNext = add(mul(sigmoid(f), c), mul(sigmoid(i), tanh(g)));
    const hNext = mul(sigmoid(o), tanh(cNext));
    return { h: weightHr === null ? hNext : linear(hNext, weightHr), c: cNext };
  },
  sequence: lstmSequence,
};
