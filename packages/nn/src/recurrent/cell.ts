import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import type { ModuleConfig } from "../module.ts";
import type { StreamedCell } from "./streams/stream-source.ts";
import type { Timeline } from "./timeline.ts";

/** What one step hands to the next: the parts of a state by name, each `[N, size]`. */
export type CellState = Readonly<Record<string, Variable>>;

/** The state of an RNN or GRU: `[N, H]`. */
export type HiddenState = { readonly h: Variable };

/** The state of an LSTM: `h` `[N, P]`, and the cell state `c` `[N, H]`. */
export type HiddenAndCellState = { readonly h: Variable; readonly c: Variable };

/** The parts of a state, and how wide each is. */
export type StateSizes<State> = Readonly<Record<keyof State, number>>;

/** The parameters of one layer in one direction. G is the cell's number of gates, P the width of `h`. */
export interface CellWeights {
  /** `[G * H, I]`: from the input. */
  readonly weightIh: Variable;
  /** `[G * H, P]`: from the previous `h`. */
  readonly weightHh: Variable;
  /** `[G * H]`; both biases or neither. */
  readonly biasIh: Variable | null;
  readonly biasHh: Variable | null;
  /** `[P, H]`: projects the hidden state of an LSTM with `projSize`. */
  readonly weightHr: Variable | null;
}

/** The biases there are: `b_ih` and `b_hh`, or none. */
export function biasesOf({ biasIh, biasHh }: CellWeights): Variable[] {
  return biasIh === null || biasHh === null ? [] : [biasIh, biasHh];
}

/** What one kind of recurrent layer adds to the shared machinery. */
export interface RecurrentCell<State extends CellState> {
  /** The options of the kind, for saved files. */
  readonly config: ModuleConfig;
  /** Rows of `weightIh` per hidden unit: 1 (RNN), 4 (LSTM: i f g o), 3 (GRU: r z n). */
  readonly gates: number;
  /** Widths of the parts of the state; `projSize` is 0 without a projection. */
  stateSizes(hiddenSize: number, projSize: number): StateSizes<State>;
  /**
   * One step of `x` `[N, I]`: the definition, composed of differentiable operations. It is slow, and what tests compare
   * `sequence` with.
   *
   * @param masked - `state.h` times the mask of a recurrent dropout: what the recurrent products read instead of `state.h`
   */
  step(x: Variable, state: State, weights: CellWeights, masked?: Variable): State;
  /**
   * All steps of `x` `[L, N, I]` as one graph node: equals repeated `step`, and returns `output` `[L, N, P]`. This is what
   * layers and cells run.
   *
   * @param dropoutMask - of a recurrent dropout, `[N, P]`, the same at every step: equals `dropoutSequence`
   */
  sequence(
    x: Variable,
    state: State,
    weights: CellWeights,
    timeline: Timeline,
    dropoutMask?: Tensor | null,
  ): SequenceResult<State>;
  /** The kernels that streams run it with; absent if they have none. */
  readonly streamed?: StreamedCell;
  /** What a trace shows of each step beside its `h`, such as the gates: by name, each `[L, N, H]`. */
  trace(run: FinishedSequence<State>): StepValues;
}

/** The `h` of every step, zero where a row is past its end, and each row's last state. */
export interface SequenceResult<State extends CellState> {
  readonly output: Variable;
  readonly state: State;
}

/** A sequence that has been run: what {@link RecurrentCell.sequence} was given, and the `h` it computed. */
export interface FinishedSequence<State extends CellState> {
  /** `[L * N, I]`. */
  readonly x: Variable;
  /** The `h` before each step, masked by a recurrent dropout if there is one, `[L * N, P]`. */
  readonly previous: Variable;
  /** The state before the first step. */
  readonly state: State;
  readonly weights: CellWeights;
  readonly timeline: Timeline;
}

/** Values of every step by name, `[L, N, size]` each, zero where a row is past its end. */
export type StepValues = Readonly<Record<string, Tensor>>;
