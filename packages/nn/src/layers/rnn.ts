import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import type { HiddenState } from "../recurrent/cell.ts";
import { checkNonlinearity, type Nonlinearity } from "../recurrent/nonlinearity.ts";
import type { PackedSequence } from "../recurrent/packed/packed-sequence.ts";
import type { FinalState } from "../recurrent/recurrent-state.ts";
import { rnnCell } from "../recurrent/rnn-cell.ts";
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
 * Options of {@link RNN}.
 *
 * @public
 */
export interface RNNOptions<Size extends HiddenSize = number> extends RecurrentOptions<Size> {
  /** What is applied to the sum of the input and the recurrent part. Default `"tanh"`. */
  nonlinearity?: Nonlinearity | undefined;
}

const optionNames: OptionNames<RNNOptions> = { ...recurrentOptionNames, nonlinearity: true };

/**
 * The state of an {@link RNN} after a sequence.
 *
 * @public
 */
export interface RNNState<Size extends HiddenSize = number> {
  /** `[numLayers * D, N, hiddenSize]`. */
  h: LayerStates<Size>;
}

/**
 * What happened in one layer and direction of {@link RNN}, step by step: for pictures, so tensors without a gradient.
 *
 * Each is `[L, N, size]` in the layout of the output, zero past the end of a row.
 *
 * @public
 */
export interface RNNTrace {
  /** Hidden state after the step. */
  h: Tensor;
}

/**
 * A stack of plain recurrent layers run over a sequence.
 *
 * For each step: h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu in place of tanh.
 *
 * @remarks
 * Shapes: input `[L, N, inputSize]` (`[N, L, inputSize]` with `batchFirst`, `[L, inputSize]` without a batch); output
 * `[L, N, D * hiddenSize]`, the h of the last layer; `state.h` `[numLayers * D, N, hiddenSize]`, of layer l and direction
 * d at `l * D + d`. With an array as `hiddenSize`, `state.h` is an array, one `[D, N, hiddenSize[l]]` per layer. In any case
 * `state.layer(l).forward.h` and `.backward.h` are those of one layer, `[N, hiddenSize]`.
 *
 * With `lengths`, row n is a sequence of `lengths[n]` steps: its output is zero after them, its final state is that of
 * its last step, the backward direction starts there, and what stands in the padding is never read. With `mask`, the
 * steps of a row are those that it picks.
 *
 * With `trace: true` the result has `trace[l][d]`, what happened in each step of layer l and direction d:
 * {@link RNNTrace}. Otherwise nothing is computed or kept for it.
 *
 * Parameters for layer 0: `weight_ih_l0` `[hiddenSize, inputSize]`, `weight_hh_l0` `[hiddenSize, hiddenSize]`, `bias_ih_l0`
 * and `bias_hh_l0` `[hiddenSize]`. They start uniform in ±1/√hiddenSize. The second direction adds `_reverse` to the
 * names. All as in `torch.nn.RNN`.
 *
 * Source: Elman 1990, "Finding structure in time".
 *
 * @throws {@link @rnn/tensor#ShapeError} if the last dimension of the input is not `inputSize`, or `state`, `lengths` or
 * `mask` do not fit the batch.
 * @throws RangeError if an option or a length is out of its range.
 * @throws TypeError if the input is not a tensor of the parameters' dtype, or an option is unknown or of another type.
 *
 * @example
 * ```ts
 * import { RNN } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const rnn = new RNN({ inputSize: 4, hiddenSize: [3, 2] }); // two layers of different sizes
 * const { output, state } = rnn.forward(randn([5, 1, 4]));
 * output.shape; // => [5, 1, 2]
 * state.h.map((h) => h.shape); // => [[1, 1, 3], [1, 1, 2]]
 * ```
 *
 * @public
 */
export class RNN<Size extends HiddenSize = number> extends Module {
  /** Number of features of one input step. */
  readonly inputSize: number;
  /** Size of the hidden state; one per layer, if it was given so. */
  readonly hiddenSize: Size;
  /** Number of layers. */
  readonly numLayers: number;
  /** Whether input and output are `[N, L, features]`. */
  readonly batchFirst: boolean;
  /** Whether there are two directions. */
  readonly bidirectional: boolean;
  /** Whether the only direction is from the last step to the first. */
  readonly goBackwards: boolean;
  // in recurrent/: stack.ts runs layers and directions; rnn-cell.ts defines a step; rnn-sequence.ts computes all steps of
  // a direction at once, with the loops of rnn-plain.ts or the kernels behind rnn-simd.ts
  readonly #stack: RecurrentStack<HiddenState>;

  constructor(options: RNNOptions<Size>) {
    super();
    checkOptions("RNN", options, optionNames);
    const nonlinearity = checkNonlinearity("RNN", options.nonlinearity ?? "tanh");
    const resolved = resolveStackOptions("RNN", options);
    this.#stack = new RecurrentStack("RNN", rnnCell(nonlinearity), resolved, (name, parameter) =>
      this.parameter(name, parameter),
    );
    this.inputSize = resolved.inputSize;
    this.hiddenSize = (resolved.hasSizePerLayer ? resolved.hiddenSizes : options.hiddenSize) as Size;
    this.numLayers = resolved.hiddenSizes.length;
    this.batchFirst = resolved.batchFirst;
    this.bidirectional = resolved.directions === 2;
    this.goBackwards = resolved.goBackwards;
  }

  /** @internal For `Streaming`, to run this layer step by step; `null` if `forward` has to. */
  _streamSource(): StreamSource | null {
    return this.forward === RNN.prototype.forward ? this.#stack.streamSource(() => this.training) : null;
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
    options?: RecurrentForwardOptions<{ h: InitialLayerStates<Size> }> & { trace?: false | undefined },
  ): { output: Variable; state: FinalState<RNNState<Size>> };
  override forward(
    input: Variable | Tensor,
    options: RecurrentForwardOptions<{ h: InitialLayerStates<Size> }> & { trace: true },
  ): { output: Variable; state: FinalState<RNNState<Size>>; trace: RNNTrace[][] };
  override forward(
    input: PackedSequence,
    options?: { state?: { h: InitialLayerStates<Size> } | undefined },
  ): { output: PackedSequence; state: FinalState<RNNState<Size>> };
  // the first overload again, because inferred types such as ReturnType, and error messages, look at the last one only
  override forward(
    input: Variable | Tensor,
    options?: RecurrentForwardOptions<{ h: InitialLayerStates<Size> }> & { trace?: false | undefined },
  ): { output: Variable; state: FinalState<RNNState<Size>> };
  // the overloads say which result belongs to which input
  override forward(input: Variable | Tensor | PackedSequence, options: StackForwardOptions = {}): unknown {
    return this.#stack.forward(input, options, this.training);
  }
}
