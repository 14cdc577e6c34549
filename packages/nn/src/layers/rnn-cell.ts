import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import type { HiddenState } from "../recurrent/cell.ts";
import { checkNonlinearity, type Nonlinearity } from "../recurrent/nonlinearity.ts";
import { rnnCell } from "../recurrent/rnn-cell.ts";
import { SingleStep } from "../recurrent/single-step.ts";
import { type CellOptions, cellOptionNames, resolveCellOptions } from "./recurrent-options.ts";

/**
 * Options of {@link RNNCell}.
 *
 * @public
 */
export interface RNNCellOptions extends CellOptions {
  /** What is applied to the sum of the input and the recurrent part. Default `"tanh"`. */
  nonlinearity?: Nonlinearity | undefined;
}

const optionNames: OptionNames<RNNCellOptions> = { ...cellOptionNames, nonlinearity: true };

/**
 * One step of a plain recurrent layer, for loops of your own.
 *
 * h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu in place of tanh
 *
 * @remarks
 * Shapes: input `[N, inputSize]` (`[inputSize]` without a batch), `h` `[N, hiddenSize]`. Parameters are those of
 * `torch.nn.RNNCell`: `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`, uniform in ±1/√hiddenSize. For a sequence known in
 * advance {@link RNN} is faster.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the last dimension of the input is not `inputSize`, or `state` does not fit.
 * @throws RangeError if an option is out of its range.
 * @throws TypeError if the input is not of the parameters' dtype.
 *
 * @example
 * ```ts
 * import { RNNCell } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const cell = new RNNCell({ inputSize: 2, hiddenSize: 3 });
 * const { h } = cell.forward(tensor([0.5, -1]));
 * h.shape; // => [3]
 * ```
 *
 * @public
 */
export class RNNCell extends Module {
  /** Number of features of the input. */
  readonly inputSize: number;
  /** Size of the hidden state. */
  readonly hiddenSize: number;
  readonly #step: SingleStep<HiddenState>;

  constructor(options: RNNCellOptions) {
    super();
    checkOptions("RNNCell", options, optionNames);
    const nonlinearity = checkNonlinearity("RNNCell", options.nonlinearity ?? "tanh");
    const resolved = resolveCellOptions("RNNCell", options);
    this.inputSize = resolved.inputSize;
    this.hiddenSize = resolved.hiddenSize;
    this.#step = new SingleStep("RNNCell", rnnCell(nonlinearity), resolved, (name, parameter) =>
      this.parameter(name, parameter),
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
