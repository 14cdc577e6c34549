import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import type { HiddenAndCellState } from "../recurrent/cell.ts";
import { withForgetBias } from "../recurrent/forget-bias.ts";
import { lstmCell } from "../recurrent/lstm-cell.ts";
import type { Register } from "../recurrent/parameters.ts";
import { SingleStep } from "../recurrent/single-step.ts";
import { type CellOptions, cellOptionNames, resolveCellOptions } from "./recurrent-options.ts";

/**
 * Options of {@link LSTMCell}.
 *
 * @public
 */
export interface LSTMCellOptions extends CellOptions {
  /**
   * Initial bias of the forget gate, the sum of its two biases: 1 lets a fresh cell remember. Default: drawn like the
   * other parameters, as in PyTorch.
   */
  forgetBias?: number | undefined;
}

const optionNames: OptionNames<LSTMCellOptions> = { ...cellOptionNames, forgetBias: true };

/**
 * One step of an LSTM, for loops of your own.
 *
 * With the rows of z = W_ih x + b_ih + W_hh h + b_hh cut into z_i, z_f, z_g and z_o:
 *
 * i = sigmoid(z_i), f = sigmoid(z_f), g = tanh(z_g), o = sigmoid(z_o), c' = f * c + i * g, h' = o * tanh(c')
 *
 * @remarks
 * Shapes: input `[N, inputSize]` (`[inputSize]` without a batch), `h` and `c` `[N, hiddenSize]`. Parameters are those of
 * `torch.nn.LSTMCell`: `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`, rows in the order i f g o, uniform in
 * ±1/√hiddenSize. For a sequence known in advance {@link LSTM} is faster.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the last dimension of the input is not `inputSize`, or `state` does not fit.
 * @throws RangeError if an option is out of its range.
 * @throws TypeError if the input is not of the parameters' dtype.
 *
 * @example
 * ```ts
 * import { LSTMCell } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const cell = new LSTMCell({ inputSize: 10, hiddenSize: 20 });
 * let state = cell.forward(randn([3, 10])); // from zeros
 * state = cell.forward(randn([3, 10]), state);
 * state.h.shape; // => [3, 20]
 * ```
 *
 * @public
 */
export class LSTMCell extends Module {
  /** Number of features of the input. */
  readonly inputSize: number;
  /** Size of the hidden state. */
  readonly hiddenSize: number;
  readonly #step: SingleStep<HiddenAndCellState>;

  constructor(options: LSTMCellOptions) {
    super();
    checkOptions("LSTMCell", options, optionNames);
    const resolved = resolveCellOptions("LSTMCell", options);
    this.inputSize = resolved.inputSize;
    this.hiddenSize = resolved.hiddenSize;
    const register: Register = (name, parameter) => this.parameter(name, parameter);
    this.#step = new SingleStep(
      "LSTMCell",
      lstmCell,
      resolved,
      withForgetBias("LSTMCell", options, register),
    );
  }

  /** Class, sizes and the options that decide what the weights mean. */
  override getConfig(): ModuleConfig {
    return this.#step.config;
  }

  /** The state after one step from `state`; zeros if left out. */
  override forward(
    input: Variable | Tensor,
    state?: { h: Variable | Tensor; c: Variable | Tensor },
  ): { h: Variable; c: Variable } {
    return this.#step.forward(input, state);
  }
}
