import type { Tensor } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { Variable } from "../autograd/variable.ts";
import { add } from "../functional/add.ts";
import { chunk } from "../functional/chunk.ts";
import { linear } from "../functional/linear.ts";
import { mul } from "../functional/mul.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { tanh } from "../functional/tanh.ts";
import { uniform } from "../init/uniform.ts";
import { Module } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import type { HiddenAndCellState } from "../recurrent/cell.ts";
import { checkedStep, type StepForm } from "../recurrent/checked-step.ts";
import { LayerNorm } from "./layer-norm.ts";
import { type CellOptions, cellOptionNames, resolveCellOptions } from "./recurrent-options.ts";

/**
 * Options of {@link LayerNormLSTMCell}.
 *
 * @public
 */
export interface LayerNormLSTMCellOptions extends Omit<CellOptions, "bias"> {
  /** Added to the variances. Default 1e-5. */
  eps?: number | undefined;
}

const { bias: _bias, ...sharedNames } = cellOptionNames;
const optionNames: OptionNames<LayerNormLSTMCellOptions> = { ...sharedNames, eps: true };

/**
 * One step of an LSTM whose sums are layer-normalised: steadier training of long sequences, whatever the scale of the
 * weights.
 *
 * i, f, o = sigmoid(a), g = tanh(a) with a = LN(W_ih x) + LN(W_hh h), c' = f * c + i * g, h' = o * tanh(LN(c'))
 *
 * @remarks
 * Shapes: input `[N, inputSize]` (`[inputSize]` without a batch), `h` and `c` `[N, hiddenSize]`. Run it over a sequence
 * with {@link scan}. PyTorch has no such layer. Parameters: `weight_ih`, `weight_hh`, rows in the order i f g o, uniform
 * in ±1/√hiddenSize; `norm_ih`, `norm_hh` and `norm_c`, each a {@link LayerNorm} whose bias stands in for the LSTM's.
 *
 * Source: Ba, Kiros & Hinton 2016, "Layer normalization", equations 20 to 22.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the last dimension of the input is not `inputSize`, or `state` does not fit.
 * @throws RangeError if an option is out of its range.
 * @throws TypeError if the input is not of the parameters' dtype.
 *
 * @example
 * ```ts
 * import { LayerNormLSTMCell, scan } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const cell = new LayerNormLSTMCell({ inputSize: 10, hiddenSize: 20 });
 * const { output, state } = scan(cell, randn([5, 3, 10]));
 * output.shape; // => [5, 3, 20]
 * state.c.shape; // => [3, 20]
 * ```
 *
 * @public
 */
export class LayerNormLSTMCell extends Module {
  /** Number of features of the input. */
  readonly inputSize: number;
  /** Size of the hidden state. */
  readonly hiddenSize: number;
  readonly #form: StepForm<HiddenAndCellState>;
  readonly #weightIh: Parameter;
  readonly #weightHh: Parameter;
  readonly #normIh: LayerNorm;
  readonly #normHh: LayerNorm;
  readonly #normC: LayerNorm;

  constructor(options: LayerNormLSTMCellOptions) {
    super();
    const name = "LayerNormLSTMCell";
    const { inputSize, hiddenSize, dtype, generator } = resolveCellOptions(
      name,
      checkOptions(name, options, optionNames),
    );
    const { eps } = options;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.#form = { name, inputSize, sizes: { h: hiddenSize, c: hiddenSize }, dtype };
    const bound = 1 / Math.sqrt(hiddenSize);
    const weight = (columns: number): Parameter =>
      new Parameter(uniform([4 * hiddenSize, columns], -bound, bound, { dtype, generator }));
    const norm = (size: number): LayerNorm => new LayerNorm({ normalizedShape: size, eps, dtype });
    this.#weightIh = this.parameter("weight_ih", weight(inputSize));
    this.#weightHh = this.parameter("weight_hh", weight(hiddenSize));
    this.#normIh = this.child("norm_ih", norm(4 * hiddenSize));
    this.#normHh = this.child("norm_hh", norm(4 * hiddenSize));
    this.#normC = this.child("norm_c", norm(hiddenSize));
  }

  /** The state after one step from `state`; zeros if left out. */
  override forward(
    input: Variable | Tensor,
    state?: { h: Variable | Tensor; c: Variable | Tensor },
  ): { h: Variable; c: Variable } {
    return checkedStep(this.#form, input, state, (x, { h, c }) => {
      const sums = add(
        this.#normIh.forward(linear(x, this.#weightIh)),
        this.#normHh.forward(linear(h, this.#weightHh)),
      );
      const [i, f, g, o] = chunk(sums, 4, 1) as [Variable, Variable, Variable, Variable];
      const cNext = add(mul(sigmoid(f), c), mul(sigmoid(i), tanh(g)));
      return { h: mul(sigmoid(o), tanh(this.#normC.forward(cNext))), c: cNext };
    });
  }
}
