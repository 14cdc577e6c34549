import { add, chunk, clamp, linear, mul, relu, sigmoid, sub, tanh, type Variable } from "@rnn/nn";
import type { RecurrentState } from "../nn/recurrent-layers.ts";

/** Weights of one layer by PyTorch's names, without the suffix `_l0`. */
export interface CellWeights {
  readonly weight_ih: Variable;
  readonly weight_hh: Variable;
  readonly bias_ih?: Variable | undefined;
  readonly bias_hh?: Variable | undefined;
  /** ONNX: what each gate sees of the cell state, `[3 * H]` for i, o, f. */
  readonly peepholes?: readonly [i: Variable, o: Variable, f: Variable] | undefined;
}

/** One step from `x` `[N, I]`: other projects' cells, composed of the library's differentiable operations. */
export type Step = (x: Variable, state: RecurrentState, weights: CellWeights) => RecurrentState;

/** Cells by the names that {@link steps} knows them by. */
export type CellName =
  | "rnnTanh"
  | "rnnRelu"
  | "lstm"
  | "lstmHardSigmoid"
  | "gruHardSigmoidTanh"
  | "gruHardSigmoidLinear";

type Activation = (x: Variable) => Variable;

/** clip(0.2 x + 0.5, 0, 1): the hard sigmoid of Keras 1 and TensorFlow.js, which is not PyTorch's. */
const hardSigmoid: Activation = (x) => clamp(add(mul(x, 0.2), 0.5), { min: 0, max: 1 });

const linearActivation: Activation = (x) => x;

/** Gate order i f g o. */
const lstm =
  (gate: Activation): Step =>
  (x, { h, c }, w) => {
    const sums = add(linear(x, w.weight_ih, w.bias_ih), linear(h, w.weight_hh, w.bias_hh));
    const [i, f, g, o] = chunk(sums, 4, 1) as [Variable, Variable, Variable, Variable];
    const before = c as Variable;
    const see = (sum: Variable, cell: Variable, which: 0 | 1 | 2): Variable =>
      w.peepholes ? add(sum, mul(cell, w.peepholes[which])) : sum;
    const cell = add(mul(gate(see(f, before, 2)), before), mul(gate(see(i, before, 0)), tanh(g)));
    return { h: mul(gate(see(o, cell, 1)), tanh(cell)), c: cell };
  };

/** Gate order r z n; the reset gate acts on h before the recurrent product: n = f(W_n x + U_n (r h)). */
const gruResetBefore =
  (gate: Activation, activation: Activation): Step =>
  (x, { h }, w) => {
    const [xr, xz, xn] = chunk(linear(x, w.weight_ih, w.bias_ih), 3, 1) as [Variable, Variable, Variable];
    const [ur, uz, un] = chunk(w.weight_hh, 3, 0) as [Variable, Variable, Variable];
    const [br, bz, bn] = w.bias_hh ? chunk(w.bias_hh, 3, 0) : [];
    const r = gate(add(xr, linear(h, ur, br)));
    const z = gate(add(xz, linear(h, uz, bz)));
    const n = activation(add(xn, linear(mul(r, h), un, bn)));
    return { h: add(mul(z, h), mul(sub(1, z), n)) };
  };

const rnn =
  (activation: Activation): Step =>
  (x, { h }, w) => ({
    h: activation(add(linear(x, w.weight_ih, w.bias_ih), linear(h, w.weight_hh, w.bias_hh))),
  });

/** The cells that cases name or imply. */
export const steps: Readonly<Record<CellName, Step>> = {
  rnnTanh: rnn(tanh),
  rnnRelu: rnn(relu),
  lstm: lstm(sigmoid),
  lstmHardSigmoid: lstm(hardSigmoid),
  gruHardSigmoidTanh: gruResetBefore(hardSigmoid, tanh),
  gruHardSigmoidLinear: gruResetBefore(hardSigmoid, linearActivation),
};
