import { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { add } from "../functional/add.ts";
import { chunk } from "../functional/chunk.ts";
import { linear } from "../functional/linear.ts";
import { mul } from "../functional/mul.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { tanh } from "../functional/tanh.ts";
import { floatsOf } from "../memory/float-data.ts";
import type { CellWeights, HiddenAndCellState, RecurrentCell } from "./cell.ts";
import { lstmSequence } from "./lstm-sequence.ts";
import type { Timeline } from "./timeline.ts";
import { stepValues } from "./trace.ts";

/**
 * The long short-term memory.
 *
 * i, f, o = sigmoid(W_ih x + b_ih + W_hh h + b_hh): what to write, what to keep, what to show; g = tanh(...): what could
 * be written. c' = f c + i g is the long memory, h' = o tanh(c') the short one, projected by W_hr if there is one.
 */
export const lstmCell: RecurrentCell<HiddenAndCellState> = {
  config: {},
  gates: 4,
  stateSizes: (hiddenSize, projSize) => ({ h: projSize || hiddenSize, c: hiddenSize }),
  step(x, { h, c }, weights, masked = h) {
    const { i, f, g, o } = gates(x, masked, weights);
    const cNext = add(mul(f, c), mul(i, g));
    const hNext = mul(o, tanh(cNext));
    return { h: weights.weightHr === null ? hNext : linear(hNext, weights.weightHr), c: cNext };
  },
  sequence: lstmSequence,
  streamed: "lstm",
  trace({ x, previous, state, weights, timeline }) {
    const values = gates(x, previous, weights);
    return { c: cellStates(values, state.c, timeline), ...stepValues(values, timeline) };
  },
};

type Gates = Record<"i" | "f" | "g" | "o", Variable>;

function gates(x: Variable, h: Variable, { weightIh, weightHh, biasIh, biasHh }: CellWeights): Gates {
  const sums = add(linear(x, weightIh, biasIh), linear(h, weightHh, biasHh));
  const [i, f, g, o] = chunk(sums, 4, 1) as [Variable, Variable, Variable, Variable];
  return { i: sigmoid(i), f: sigmoid(f), g: tanh(g), o: sigmoid(o) };
}

/** c after every step, `[L, N, H]`, from the gates of all steps. */
function cellStates(gates: Gates, { value: c0 }: Variable, timeline: Timeline): Tensor {
  const [N, H] = c0.shape as [number, number];
  const [i, f, g] = [floatsOf(gates.i.value), floatsOf(gates.f.value), floatsOf(gates.g.value)];
  const c = timeline.slots(floatsOf(c0), H);
  timeline.forward((at, before, after, rows) => {
    for (let j = 0; j < rows * H; j++) {
      const gate = at * H + j;
      c[after * H + j] = f[gate]! * c[before * H + j]! + i[gate]! * g[gate]!;
    }
    timeline.keep(c, H, before, after, rows);
  });
  return new Tensor(timeline.output(c, H), [timeline.length, N, H]);
}
