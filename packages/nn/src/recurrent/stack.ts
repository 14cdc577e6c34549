import { type Generator, ones, type Tensor } from "@rnn/tensor";
import { type Variable, variable } from "../autograd/variable.ts";
import type { FloatDType } from "../dtype.ts";
import { cat } from "../functional/cat.ts";
import { dropout } from "../functional/dropout.ts";
import { mul } from "../functional/mul.ts";
import { transpose } from "../functional/transpose.ts";
import { uniform } from "../init/uniform.ts";
import type { CellState, CellWeights, RecurrentCell, StepValues } from "./cell.ts";
import { fromTimeMajor, layoutOf, toTimeMajor } from "./layout.ts";
import type { Lengths } from "./lengths.ts";
import { maskedSequence } from "./masked-sequence.ts";
import { packLike } from "./pack.ts";
import type { PackedSequence } from "./packed-sequence.ts";
import { padPackedSequence } from "./pad.ts";
import { makeWeights, type Register } from "./parameters.ts";
import {
  type InitialState,
  type PackedState,
  packState,
  type StateForm,
  unpackState,
  zeroStates,
} from "./state.ts";
import { Timeline } from "./timeline.ts";
import { traceOf } from "./trace.ts";

/** Options of a stack: checked, with defaults filled in. */
export interface StackOptions {
  readonly inputSize: number;
  /** One per layer. */
  readonly hiddenSizes: readonly number[];
  /** Whether the user gave one hidden size per layer, and so gets one state per layer. */
  readonly hasSizePerLayer: boolean;
  /** 0 without a projection. */
  readonly projSize: number;
  readonly bias: boolean;
  readonly batchFirst: boolean;
  readonly dropout: number;
  readonly inputDropout: number;
  readonly recurrentDropout: number;
  readonly directions: 1 | 2;
  /** Whether the only direction is from the last step to the first. */
  readonly goBackwards: boolean;
  readonly dtype: FloatDType;
  readonly generator: Generator | undefined;
}

const noDropout = { dropout: 0, inputDropout: 0, recurrentDropout: 0 };

/** What a user may pass to `forward` beside the input. */
export interface StackForwardOptions {
  readonly state?: InitialState | undefined;
  readonly lengths?: Lengths | undefined;
  readonly trace?: boolean | undefined;
}

/**
 * Layers and directions of one kind of cell over a sequence: everything that RNN, LSTM and GRU share.
 *
 * Each layer reads the outputs of the one below; with two directions those are the outputs of both, side by side.
 */
export class RecurrentStack<State extends CellState> {
  readonly #name: string;
  readonly #cell: RecurrentCell<State>;
  readonly #options: StackOptions;
  readonly #form: StateForm;
  /** For each layer, the weights of its directions. */
  readonly #layers: readonly (readonly CellWeights[])[];

  /**
   * @param name - the class that errors name
   * @param register - receives every parameter in PyTorch's order, under PyTorch's name
   */
  constructor(name: string, cell: RecurrentCell<State>, options: StackOptions, register: Register) {
    const { hiddenSizes, projSize, directions, bias, dtype, generator } = options;
    this.#name = name;
    this.#cell = cell;
    this.#options = options;
    this.#form = {
      sizes: hiddenSizes.map((hiddenSize) => cell.stateSizes(hiddenSize, projSize)),
      directions,
      isPerLayer: options.hasSizePerLayer,
      dtype,
      nameOfSize: (part) => (part === "h" && projSize > 0 ? "projSize" : "hiddenSize"),
    };
    let inputSize = options.inputSize;
    this.#layers = hiddenSizes.map((hiddenSize, layer) => {
      const sizes = { gates: cell.gates, inputSize, hiddenSize, projSize, bias };
      const bound = 1 / Math.sqrt(hiddenSize);
      const initial = (shape: number[]): Tensor => uniform(shape, -bound, bound, { dtype, generator });
      inputSize = (projSize || hiddenSize) * directions;
      const suffixes = directions === 2 ? [`_l${layer}`, `_l${layer}_reverse`] : [`_l${layer}`];
      return suffixes.map((suffix) => makeWeights(sizes, suffix, initial, register));
    });
  }

  /** The same for a packed sequence: with its lengths, and its output packed the same way. */
  forwardPacked(
    input: PackedSequence,
    options: StackForwardOptions,
    training: boolean,
  ): { output: PackedSequence; state: PackedState } {
    if (options.lengths !== undefined || options.trace === true) {
      const option = options.trace === true ? "trace" : "lengths";
      throw new TypeError(
        `${this.#name}.forward: ${option} is not for a packed sequence; pass a padded batch with lengths`,
      );
    }
    const { batchFirst } = this.#options;
    const { output: x, lengths } = padPackedSequence(input, { batchFirst });
    const { output, state } = this.forward(x, { ...options, lengths }, training);
    return { output: packLike(batchFirst ? transpose(output, 0, 1) : output, input), state };
  }

  /** Runs the layers over `input`; dropout acts if `training`. */
  forward(
    input: Variable | Tensor,
    { state, lengths, trace }: StackForwardOptions,
    training: boolean,
  ): { output: Variable; state: PackedState; trace?: StepValues[][] } {
    const where = `${this.#name}.forward`;
    const x = variable(input);
    const layout = layoutOf(where, x, lengths, this.#options);
    const { steps, batch, order } = layout;
    const { generator } = this.#options;
    const initial =
      state === undefined ? zeroStates(this.#form, batch) : unpackState(where, state, this.#form, layout);
    const timelines = [this.#options.goBackwards, true].map(
      (reverse) => new Timeline(steps, batch, reverse, order?.rowsAt ?? null),
    );

    const drop = training ? this.#options : noDropout;
    let y = toTimeMajor(x, layout);
    if (drop.inputDropout > 0) y = mul(y, this.#dropMask(drop.inputDropout, [batch, x.shape[x.ndim - 1]!]));
    const final: CellState[] = [];
    const traces: StepValues[][] = [];
    for (const [layer, directions] of this.#layers.entries()) {
      if (layer > 0 && drop.dropout > 0) y = dropout(y, { p: drop.dropout, generator });
      const x = y;
      const traced: StepValues[] = [];
      const outputs = directions.map((weights, direction) => {
        const start = initial[final.length] as State;
        const timeline = timelines[direction]!;
        const mask = drop.recurrentDropout > 0 ? this.#dropMask(drop.recurrentDropout, start.h!.shape) : null;
        const result =
          mask === null
            ? this.#cell.sequence(x, start, weights, timeline)
            : maskedSequence(this.#cell, x, start, weights, timeline, mask);
        final.push(result.state);
        if (trace === true) {
          traced.push(traceOf(this.#cell, x, start, weights, timeline, result.output, mask, layout));
        }
        return result.output;
      });
      traces.push(traced);
      y = outputs.length === 1 ? outputs[0]! : cat(outputs, 2);
    }
    return {
      output: fromTimeMajor(y, layout),
      state: packState(final, this.#form, layout),
      ...(trace === true ? { trace: traces } : {}),
    };
  }

  /** A mask that drops with probability `p` and scales the rest up. */
  #dropMask(p: number, shape: readonly number[]): Tensor {
    const { dtype, generator } = this.#options;
    return dropout(ones(shape, { dtype }), { p, generator }).value;
  }
}
