import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
import type { HiddenState } from "../recurrent/cell.ts";
import { gruCell } from "../recurrent/gru-cell.ts";
import { gruResetBeforeCell } from "../recurrent/gru-reset-before-cell.ts";
import { SingleStep } from "../recurrent/single-step.ts";
import { type CellOptions, cellOptionNames, resolveCellOptions } from "./recurrent-options.ts";

/**
 * Options of {@link GRUCell}.
 *
 * @public
 */
export interface GRUCellOptions extends CellOptions {
  /**
   * Whether the reset gate multiplies `W_hn h + b_hn`, after the matrix product (PyTorch, cuDNN), or with `false` the
   * state before it (the paper, ONNX's default). Default `true`.
   */
  resetAfter?: boolean | undefined;
}

const optionNames: OptionNames<GRUCellOptions> = { ...cellOptionNames, resetAfter: true };

/**
 * One step of a GRU, for loops of your own.
 *
 * r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh), n = tanh(W_in x + b_in + r * (W_hn h + b_hn)), h' = (1 - z) * n + z * h
 *
 * @remarks
 * With `resetAfter: false`, n = tanh(W_in x + b_in + W_hn (r * h) + b_hn).
 *
 * Shapes: input `[N, inputSize]` (`[inputSize]` without a batch), `h` `[N, hiddenSize]`. Parameters are those of
 * `torch.nn.GRUCell`: `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`, rows in the order r z n, uniform in
 * ±1/√hiddenSize. For a sequence known in advance {@link GRU} is faster.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the last dimension of the input is not `inputSize`, or `state` does not fit.
 * @throws RangeError if an option is out of its range.
 * @throws TypeError if the input is not of the parameters' dtype.
 *
 * @example
 * ```ts
 * import { GRUCell } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const cell = new GRUCell({ inputSize: 10, hiddenSize: 20 });
 * const state = cell.forward(randn([3, 10]));
 * state.h.shape; // => [3, 20]
 * ```
 *
 * @public
 */
export class GRUCell extends Module {
  /** Number of features of the input. */
  readonly inputSize: number;
  /** Size of the hidden state. */
  readonly hiddenSize: number;
  readonly #step: SingleStep<HiddenState>;

  constructor(options: GRUCellOptions) {
    super();
    checkOptions("GRUCell", options, optionNames);
    const { resetAfter = true } = options;
    checkFlag("GRUCell", "resetAfter", resetAfter);
    const resolved = resolveCellOptions("GRUCell", options);
    this.inputSize = resolved.inputSize;
    this.hiddenSize = resolved.hiddenSize;
    this.#step = new SingleStep(
      "GRUCell",
      resetAfter ? gruCell : gruResetBeforeCell,
      resolved,
      (name, parameter) => this.parameter(name, parameter),
    );
  }

  /** Class, sizes and the options that decide what the weights mean. */
  override getConfig(): ModuleConfig {
    return this.#step.config;
  }

  /** The state after one step from `state`; zeros if left out. */
  override forward(input: Variable | Tensor, state?: { h: Variable | Tensor }): { h: Variable } {
    return this.#step.forward(input, state);
  }
}
