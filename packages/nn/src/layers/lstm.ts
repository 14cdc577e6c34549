import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import type { HiddenAndCellState } from "../recurrent/cell.ts";
import { withForgetBias } from "../recurrent/forget-bias.ts";
import { lstmCell } from "../recurrent/lstm-cell.ts";
import type { PackedSequence } from "../recurrent/packed/packed-sequence.ts";
import type { Register } from "../recurrent/parameters.ts";
import type { FinalState } from "../recurrent/recurrent-state.ts";
import { RecurrentStack, type StackForwardOptions } from "../recurrent/stack.ts";
import type { HiddenSize, InitialLayerStates, LayerStates } from "../recurrent/state.ts";
import type { StreamSource } from "../recurrent/streams/stream-source.ts";
import {
  type RecurrentForwardOptions,
  type RecurrentOptions,
  recurrentOptionNames,
  resolveStackOptions,
} from "./recurrent-options.ts";

/**
 * Options of {@link LSTM}.
 *
 * @public
 */
export interface LSTMOptions<Size extends HiddenSize = number> extends RecurrentOptions<Size> {
  /** Size that `h` is projected to after each step, smaller than `hiddenSize`. Default 0: no projection. */
  projSize?: number | undefined;
  /**
   * Initial bias of the forget gate, the sum of its two biases: 1 lets a fresh layer remember. Default: drawn like the
   * other parameters, as in PyTorch.
   */
  forgetBias?: number | undefined;
}

const optionNames: OptionNames<LSTMOptions> = { ...recurrentOptionNames, projSize: true, forgetBias: true };

/**
 * The state of an {@link LSTM} after a sequence: its hidden and its cell state.
 *
 * @public
 */
export interface LSTMState<Size extends HiddenSize = number> {
  /** `[numLayers * D, N, hiddenSize]` (`projSize` with a projection). */
  h: LayerStates<Size>;
  /** `[numLayers * D, N, hiddenSize]`. */
  c: LayerStates<Size>;
}

/**
 * What an {@link LSTM} may start from: tensors too.
 *
 * @public
 */
export type LSTMInitialState<Size extends HiddenSize = number> = {
  /** As in {@link LSTMState}. */
  h: InitialLayerStates<Size>;
  /** As in {@link LSTMState}. */
  c: InitialLayerStates<Size>;
};

/**
 * What happened in one layer and direction of {@link LSTM}, step by step: for pictures, so tensors without a gradient.
 *
 * Each is `[L, N, size]` in the layout of the output, zero past the end of a row.
 *
 * @public
 */
export interface LSTMTrace {
  /** Hidden state after the step. */
  h: Tensor;
  /** Cell state after the step. */
  c: Tensor;
  /** Input gate: how much of `g` is written. */
  i: Tensor;
  /** Forget gate: how much of the cell state before is kept. */
  f: Tensor;
  /** What could be written. */
  g: Tensor;
  /** Output gate: how much of the cell state is shown. */
  o: Tensor;
}

/**
 * A stack of LSTM layers run over a sequence.
 *
 * For each step, with the rows of z = W_ih x + b_ih + W_hh h + b_hh cut into z_i, z_f, z_g and z_o:
 *
 * i = sigmoid(z_i), f = sigmoid(z_f), g = tanh(z_g), o = sigmoid(z_o), c' = f * c + i * g, h' = o * tanh(c')
 *
 * @remarks
 * Shapes: input `[L, N, inputSize]` (`[N, L, inputSize]` with `batchFirst`, `[L, inputSize]` without a batch); output
 * `[L, N, D * hiddenSize]`, the h of the last layer; `state.h` and `state.c` `[numLayers * D, N, hiddenSize]`, of layer l
 * and direction d at `l * D + d`. With an array as `hiddenSize`, `state.h` and `state.c` are arrays, one
 * `[D, N, hiddenSize[l]]` per layer. In any case `state.layer(l).forward` and `.backward` are `{ h, c }` of one layer,
 * `[N, hiddenSize]` each. With `projSize`, h' is `W_hr (o * tanh(c'))`, and h and the output have that size.
 *
 * With `lengths`, row n is a sequence of `lengths[n]` steps: its output is zero after them, its final state is that of
 * its last step, the backward direction starts there, and what stands in the padding is never read. With `mask`, the
 * steps of a row are those that it picks.
 *
 * With `trace: true` the result has `trace[l][d]`, what happened in each step of layer l and direction d:
 * {@link LSTMTrace}. Otherwise nothing is computed or kept for it.
 *
 * Parameters for layer 0: `weight_ih_l0` `[4 * hiddenSize, inputSize]`, `weight_hh_l0` `[4 * hiddenSize, hiddenSize]`,
 * `bias_ih_l0` and `bias_hh_l0` `[4 * hiddenSize]`, `weight_hr_l0` `[projSize, hiddenSize]`; rows in the order i f g o.
 * They start uniform in ±1/√hiddenSize. The second direction adds `_reverse` to the names. All as in `torch.nn.LSTM`.
 *
 * Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the last dimension of the input is not `inputSize`, or `state`, `lengths` or
 * `mask` do not fit the batch.
 * @throws RangeError if an option or a length is out of its range.
 * @throws TypeError if the input is not a tensor of the parameters' dtype, or an option is unknown or of another type.
 *
 * @example
 * ```ts
 * import { LSTM } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const lstm = new LSTM({ inputSize: 10, hiddenSize: 20, numLayers: 2 });
 * const { output, state } = lstm.forward(randn([5, 3, 10]));
 * output.shape; // => [5, 3, 20]
 * state.h.shape; // => [2, 3, 20]
 * state.c.shape; // => [2, 3, 20]
 * state.layer(0).forward.c.shape; // => [3, 20]
 *
 * const { trace } = lstm.forward(randn([5, 3, 10]), { trace: true });
 * trace[1]?.[0]?.f.shape; // => [5, 3, 20]
 * // the forget gate of the second layer at every step
 * ```
 *
 * @public
 */
export class LSTM<Size extends HiddenSize = number> extends Module {
  /** Number of features of one input step. */
  readonly inputSize: number;
  /** Size of the hidden state; one per layer, if it was given so. */
  readonly hiddenSize: Size;
  /** Number of layers. */
  readonly numLayers: number;
  /** Size that `h` is projected to; 0 without a projection. */
  readonly projSize: number;
  /** Whether input and output are `[N, L, features]`. */
  readonly batchFirst: boolean;
  /** Whether there are two directions. */
  readonly bidirectional: boolean;
  /** Whether the only direction is from the last step to the first. */
  readonly goBackwards: boolean;
  // in recurrent/: stack.ts runs layers and directions; lstm-cell.ts defines a step; lstm-sequence.ts computes all steps
  // of a direction at once, with the loops of lstm-plain.ts or the kernels behind lstm-simd.ts
  readonly #stack: RecurrentStack<HiddenAndCellState>;

  constructor(options: LSTMOptions<Size>) {
    super();
    checkOptions("LSTM", options, optionNames);
    const resolved = resolveStackOptions("LSTM", options, options.projSize);
    const register: Register = (name, parameter) => this.parameter(name, parameter);
    this.#stack = new RecurrentStack("LSTM", lstmCell, resolved, withForgetBias("LSTM", options, register));
    this.inputSize = resolved.inputSize;
    this.hiddenSize = (resolved.hasSizePerLayer ? resolved.hiddenSizes : options.hiddenSize) as Size;
    this.numLayers = resolved.hiddenSizes.length;
    this.projSize = resolved.projSize;
    this.batchFirst = resolved.batchFirst;
    this.bidirectional = resolved.directions === 2;
    this.goBackwards = resolved.goBackwards;
  }

  /** @internal For `Streaming`, to run this layer step by step; `null` if `forward` has to. */
  _streamSource(): StreamSource | null {
    return this.forward === LSTM.prototype.forward ? this.#stack.streamSource(() => this.training) : null;
  }

  /** Class, sizes and the options that decide what the weights mean. */
  override getConfig(): ModuleConfig {
    return this.#stack.config;
  }

  /**
   * Runs the sequence.
   *
   * @param input - `[L, N, inputSize]`, or as the layout options say, or packed
   * @param options - `state` to start from; `lengths` of the rows; `trace` to see inside
   * @returns the h of every step (packed if the input is), and the state to carry on with; with `trace: true`
   * also `trace[layer][direction]`
   */
  override forward(
    input: Variable | Tensor,
    options?: RecurrentForwardOptions<LSTMInitialState<Size>> & { trace?: false | undefined },
  ): { output: Variable; state: FinalState<LSTMState<Size>> };
  override forward(
    input: Variable | Tensor,
    options: RecurrentForwardOptions<LSTMInitialState<Size>> & { trace: true },
  ): { output: Variable; state: FinalState<LSTMState<Size>>; trace: LSTMTrace[][] };
  override forward(
    input: PackedSequence,
    options?: { state?: LSTMInitialState<Size> | undefined },
  ): { output: PackedSequence; state: FinalState<LSTMState<Size>> };
  // the first overload again, because inferred types such as ReturnType, and error messages, look at the last one only
  override forward(
    input: Variable | Tensor,
    options?: RecurrentForwardOptions<LSTMInitialState<Size>> & { trace?: false | undefined },
  ): { output: Variable; state: FinalState<LSTMState<Size>> };
  // the overloads say which result belongs to which input
  override forward(input: Variable | Tensor | PackedSequence, options: StackForwardOptions = {}): unknown {
    return this.#stack.forward(input, options, this.training);
  }
}
