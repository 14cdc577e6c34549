import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
import type { HiddenState } from "../recurrent/cell.ts";
import { gruCell } from "../recurrent/gru-cell.ts";
import { gruResetBeforeCell } from "../recurrent/gru-reset-before-cell.ts";
import type { PackedSequence } from "../recurrent/packed/packed-sequence.ts";
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
 * Options of {@link GRU}.
 *
 * @public
 */
export interface GRUOptions<Size extends HiddenSize = number> extends RecurrentOptions<Size> {
  /**
   * Whether the reset gate multiplies `W_hn h + b_hn`, after the matrix product (PyTorch, cuDNN), or with `false` the
   * state before it (the paper, ONNX's default). Default `true`.
   */
  resetAfter?: boolean | undefined;
}

const optionNames: OptionNames<GRUOptions> = { ...recurrentOptionNames, resetAfter: true };

/**
 * The state of a {@link GRU} after a sequence.
 *
 * @public
 */
export interface GRUState<Size extends HiddenSize = number> {
  /** `[numLayers * D, N, hiddenSize]`. */
  h: LayerStates<Size>;
}

/**
 * What happened in one layer and direction of {@link GRU}, step by step: for pictures, so tensors without a gradient.
 *
 * Each is `[L, N, size]` in the layout of the output, zero past the end of a row.
 *
 * @public
 */
export interface GRUTrace {
  /** Hidden state after the step. */
  h: Tensor;
  /** Reset gate: how much of the state before the candidate sees. */
  r: Tensor;
  /** Update gate: how much of the state before is kept. */
  z: Tensor;
  /** Candidate for the new state. */
  n: Tensor;
}

/**
 * A stack of GRU layers run over a sequence.
 *
 * For each step:
 *
 * r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh), n = tanh(W_in x + b_in + r * (W_hn h + b_hn)), h' = (1 - z) * n + z * h
 *
 * @remarks
 * This is PyTorch's and cuDNN's variant: the reset gate r multiplies `W_hn h + b_hn`, after the matrix product (Keras'
 * `reset_after=True`). With `resetAfter: false` it multiplies h before the product, as in the paper and in ONNX's default:
 * n = tanh(W_in x + b_in + W_hn (r * h) + b_hn). The parameters are the same, but what one variant has learnt does not
 * carry over to the other.
 *
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
 * {@link GRUTrace}. Otherwise nothing is computed or kept for it.
 *
 * Parameters for layer 0: `weight_ih_l0` `[3 * hiddenSize, inputSize]`, `weight_hh_l0` `[3 * hiddenSize, hiddenSize]`,
 * `bias_ih_l0` and `bias_hh_l0` `[3 * hiddenSize]`; rows in the order r z n. They start uniform in ±1/√hiddenSize. The
 * second direction adds `_reverse` to the names. All as in `torch.nn.GRU`.
 *
 * Source: Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder" (`resetAfter: false`).
 *
 * @throws {@link @rnn/tensor#ShapeError} if the last dimension of the input is not `inputSize`, or `state`, `lengths` or
 * `mask` do not fit the batch.
 * @throws RangeError if an option or a length is out of its range.
 * @throws TypeError if the input is not a tensor of the parameters' dtype, or an option is unknown or of another type.
 *
 * @example
 * ```ts
 * import { GRU } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const gru = new GRU({ inputSize: 8, hiddenSize: 16, batchFirst: true, bidirectional: true });
 * const { output, state } = gru.forward(randn([2, 6, 8]), { lengths: [6, 4] });
 * output.shape; // => [2, 6, 32]
 * state.h.shape; // => [2, 2, 16]
 * ```
 *
 * @public
 */
export class GRU<Size extends HiddenSize = number> extends Module {
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
  // in recurrent/: stack.ts runs layers and directions; gru-cell.ts defines a step; gru-sequence.ts computes all steps of
  // a direction at once, with the loops of gru-plain.ts or the kernels behind gru-simd.ts (gru-reset-before-*: the variant)
  readonly #stack: RecurrentStack<HiddenState>;

  constructor(options: GRUOptions<Size>) {
    super();
    checkOptions("GRU", options, optionNames);
    const { resetAfter = true } = options;
    checkFlag("GRU", "resetAfter", resetAfter);
    const resolved = resolveStackOptions("GRU", options);
    this.#stack = new RecurrentStack(
      "GRU",
      resetAfter ? gruCell : gruResetBeforeCell,
      resolved,
      (name, parameter) => this.parameter(name, parameter),
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
    return this.forward === GRU.prototype.forward ? this.#stack.streamSource(() => this.training) : null;
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
  ): { output: Variable; state: FinalState<GRUState<Size>> };
  override forward(
    input: Variable | Tensor,
    options: RecurrentForwardOptions<{ h: InitialLayerStates<Size> }> & { trace: true },
  ): { output: Variable; state: FinalState<GRUState<Size>>; trace: GRUTrace[][] };
  override forward(
    input: PackedSequence,
    options?: { state?: { h: InitialLayerStates<Size> } | undefined },
  ): { output: PackedSequence; state: FinalState<GRUState<Size>> };
  // the first overload again, because inferred types such as ReturnType, and error messages, look at the last one only
  override forward(
    input: Variable | Tensor,
    options?: RecurrentForwardOptions<{ h: InitialLayerStates<Size> }> & { trace?: false | undefined },
  ): { output: Variable; state: FinalState<GRUState<Size>> };
  // the overloads say which result belongs to which input
  override forward(input: Variable | Tensor | PackedSequence, options: StackForwardOptions = {}): unknown {
    return this.#stack.forward(input, options, this.training);
  }
}
