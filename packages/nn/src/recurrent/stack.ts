import { type Generator, ones, Tensor } from "@rnn/tensor";
import { isGradEnabled } from "../autograd/no-grad.ts";
import { Variable, variable } from "../autograd/variable.ts";
import { during, type Moment, watch } from "../autograd/watch.ts";
import type { FloatDType } from "../dtype.ts";
import { cat } from "../functional/cat.ts";
import { dropout } from "../functional/dropout.ts";
import { mul } from "../functional/mul.ts";
import { checkTensor } from "../functional/operand.ts";
import { transpose } from "../functional/transpose.ts";
import { uniform } from "../init/uniform.ts";
import type { ModuleConfig } from "../module.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
import type { CellState, CellWeights, RecurrentCell, StepValues } from "./cell.ts";
import { fromTimeMajor, layoutOf, toTimeMajor, userStep } from "./layout.ts";
import type { PackedSequence } from "./packed/packed-sequence.ts";
import { makeWeights, type Register } from "./parameters.ts";
import type { RecurrentState } from "./recurrent-state.ts";
import { type InitialState, packState, type StateForm, unpackState, zeroStates } from "./state.ts";
import type { StreamSource } from "./streams/stream-source.ts";
import { Timeline } from "./timeline.ts";
import { type DirectionRun, traceOf } from "./trace.ts";
import type { StepChoice } from "./valid-steps.ts";

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

/** What `forward` returns. */
export interface StackResult {
  /** Packed if the input was. */
  readonly output: Variable | PackedSequence;
  readonly state: RecurrentState;
  /** By layer and direction, if asked for. */
  readonly trace?: StepValues[][];
}

const noDropout = { dropout: 0, inputDropout: 0, recurrentDropout: 0 };

/** What a user may pass to `forward` beside the input. */
export interface StackForwardOptions extends StepChoice {
  readonly state?: InitialState | undefined;
  readonly trace?: boolean | undefined;
}

const forwardOptionNames: OptionNames<StackForwardOptions> = {
  state: true,
  lengths: true,
  mask: true,
  trace: true,
};

/**
 * Layers and directions of one kind of cell over a sequence: everything that RNN, LSTM and GRU share.
 *
 * Each layer reads the outputs of the one below; with two directions those are the outputs of both, side by side.
 */
export class RecurrentStack<State extends CellState> {
  /** What the module says about itself. */
  readonly config: ModuleConfig;
  readonly #name: string;
  readonly #cell: RecurrentCell<State>;
  readonly #options: StackOptions;
  readonly #form: StateForm;
  /** For each layer, the weights of its directions. */
  readonly #layers: readonly (readonly CellWeights[])[];
  /** Made for the first stream. */
  #streamSource: StreamSource | null = null;

  /**
   * @param name - the class that errors name
   * @param register - receives every parameter in PyTorch's order, under PyTorch's name
   */
  constructor(name: string, cell: RecurrentCell<State>, options: StackOptions, register: Register) {
    const { hiddenSizes, projSize, directions, goBackwards, bias, dtype, generator } = options;
    this.config = {
      class: name,
      inputSize: options.inputSize,
      hiddenSize: hiddenSizes,
      projSize,
      bidirectional: directions === 2,
      goBackwards,
      ...cell.config,
    };
    this.#name = name;
    this.#cell = cell;
    this.#options = options;
    this.#form = {
      sizes: hiddenSizes.map((hiddenSize) => cell.stateSizes(hiddenSize, projSize)),
      directions: directions === 2 ? ["forward", "backward"] : [goBackwards ? "backward" : "forward"],
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

  /** For streams, which run the layers step by step with their weights in linear memory; `null` if they cannot. */
  streamSource(isTraining: () => boolean): StreamSource | null {
    const { directions, goBackwards, dtype, dropout, inputDropout, recurrentDropout } = this.#options;
    const { streamed: cell } = this.#cell;
    if (directions === 2 || goBackwards || dtype !== "float32" || cell === undefined) return null;
    const drops = dropout > 0 || inputDropout > 0 || recurrentDropout > 0;
    this.#streamSource ??= {
      where: `${this.#name}.forward`,
      cell,
      weights: this.#layers.map(([forward]) => forward!),
      form: this.#form,
      isReady: () => !(drops && isTraining()),
    };
    return this.#streamSource;
  }

  /** Runs the layers over `input`; dropout acts if `training`. */
  forward(
    input: Variable | Tensor | PackedSequence,
    options: StackForwardOptions,
    training: boolean,
  ): StackResult {
    const where = `${this.#name}.forward`;
    if (isState(options)) {
      const parts = Object.keys(this.#form.sizes[0]!).join(", ");
      throw new TypeError(
        `${where}: the second argument holds options; pass the state as { state: { ${parts} } }`,
      );
    }
    checkOptions(where, options, forwardOptionNames);
    checkFlag(where, "trace", options.trace);
    if (isPacked(input)) return this.#forwardPacked(input, options, training);
    checkTensor(where, "input", input);
    return this.#forwardPadded(variable(input), options, training);
  }

  #forwardPadded(
    x: Variable,
    { state, trace, ...choice }: StackForwardOptions,
    training: boolean,
  ): StackResult & { output: Variable } {
    const where = `${this.#name}.forward`;
    const layout = layoutOf(where, x, choice, this.#options);
    const { steps, batch, order } = layout;
    const { generator } = this.#options;
    const { directions } = this.#form;
    const drop = training ? this.#options : noDropout;
    const starts =
      state === undefined ? zeroStates(this.#form, batch) : unpackState(where, state, this.#form, layout);
    const timelines = directions.map(
      (direction) => new Timeline(steps, batch, direction === "backward", order?.rowsAt ?? null),
    );
    // `during` computes nothing: it tells detectAnomaly where we are
    const locate: Moment["locate"] = (k, place) => userStep(layout, k, place);

    let y = during({ locate }, () => toTimeMajor(x, layout)); // what the next layer reads
    if (drop.inputDropout > 0) y = mul(y, this.#dropoutMask(drop.inputDropout, y.shape.slice(1)));
    const ends: CellState[] = [];
    const traces: StepValues[][] = [];
    for (const [layer, weightsOf] of this.#layers.entries()) {
      if (layer > 0 && drop.dropout > 0) y = dropout(y, { p: drop.dropout, generator });
      const runs = weightsOf.map((weights, d) => {
        const start = starts[layer * directions.length + d] as State;
        const label = `layer ${layer}${d === 1 ? ", backward" : ""}`;
        return during({ label, reverse: directions[d] === "backward", locate }, () =>
          this.#runDirection(y, start, weights, timelines[d]!, drop.recurrentDropout),
        );
      });
      y = sideBySide(runs.map((run) => run.output));
      ends.push(...runs.map((run) => run.state));
      if (trace === true) traces.push(runs.map((run) => traceOf(this.#cell, run, layout)));
    }
    return {
      output: fromTimeMajor(y, layout),
      state: packState(ends, this.#form, layout),
      ...(trace === true ? { trace: traces } : {}),
    };
  }

  /** With the lengths of the packed sequence, and the output packed the same way. */
  #forwardPacked(input: PackedSequence, options: StackForwardOptions, training: boolean): StackResult {
    const { lengths: given, mask, trace } = options;
    if (given !== undefined || mask !== undefined || trace === true) {
      const option = trace === true ? "trace" : given === undefined ? "mask" : "lengths";
      throw new TypeError(
        `${this.#name}.forward: ${option} is not for a packed sequence; pass a padded batch with lengths`,
      );
    }
    const { batchFirst } = this.#options;
    const { output: x, lengths } = input._unpack(batchFirst);
    const { output, state } = this.#forwardPadded(x, { ...options, lengths }, training);
    return { output: input._repack(batchFirst ? transpose(output, 0, 1) : output), state };
  }

  #runDirection(
    x: Variable,
    start: State,
    weights: CellWeights,
    timeline: Timeline,
    recurrentDropout: number,
  ): DirectionRun<State> {
    // the gradient of the input, wanted or not, tells a watch in which step something went wrong
    if (watch !== null && !x.requiresGrad) x = new Variable(x.value, { requiresGrad: isGradEnabled() });
    const dropoutMask = recurrentDropout > 0 ? this.#dropoutMask(recurrentDropout, start.h!.shape) : null;
    const result = this.#cell.sequence(x, start, weights, timeline, dropoutMask);
    return { x, start, weights, timeline, dropoutMask, ...result };
  }

  /** 0 with probability `p`, else 1 / (1 - p). */
  #dropoutMask(p: number, shape: readonly number[]): Tensor {
    const { dtype, generator } = this.#options;
    return dropout(ones(shape, { dtype }), { p, generator }).value;
  }
}

/** The outputs `[L, N, P]` of the directions of a layer as one `[L, N, D * P]`. */
function sideBySide(outputs: readonly Variable[]): Variable {
  return outputs.length === 1 ? outputs[0]! : cat(outputs, 2);
}

/** Whether it is a state, which comes second in PyTorch, and not an object of options. */
function isState(given: unknown): boolean {
  const isTensor = given instanceof Variable || given instanceof Tensor;
  return isTensor || Array.isArray(given) || "h" in Object(given);
}

/** Asked without naming the class, which a program without packed sequences does not hold then. */
function isPacked(input: Variable | Tensor | PackedSequence): input is PackedSequence {
  return "_unpack" in Object(input);
}
