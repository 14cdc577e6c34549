import { type Generator, ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { Variable, variable } from "../autograd/variable.ts";
import { checkFloat, type FloatDType } from "../dtype.ts";
import { reshape } from "../functional/reshape.ts";
import { uniform } from "../init/uniform.ts";
import { printShape, sameShape } from "../shape.ts";
import type { CellState, CellWeights, RecurrentCell, StateSizes } from "./cell.ts";
import { checkFeatures } from "./layout.ts";
import { makeWeights, type Register } from "./parameters.ts";
import { Timeline } from "./timeline.ts";

/** A state as users pass it to a cell: tensors are accepted too. */
type GivenState<State> = Readonly<Record<keyof State, Variable | Tensor>>;

/** Options of a single step: checked, with defaults filled in. */
export interface SingleStepOptions {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly bias: boolean;
  readonly dtype: FloatDType;
  readonly generator: Generator | undefined;
}

/** One cell taken one step at a time: everything that RNNCell, LSTMCell and GRUCell share. */
export class SingleStep<State extends CellState> {
  readonly #name: string;
  readonly #cell: RecurrentCell<State>;
  readonly #inputSize: number;
  readonly #dtype: FloatDType;
  readonly #sizes: StateSizes<State>;
  readonly #weights: CellWeights;

  /**
   * @param name - the class that errors name
   * @param register - receives every parameter in PyTorch's order, under PyTorch's name
   */
  constructor(name: string, cell: RecurrentCell<State>, options: SingleStepOptions, register: Register) {
    const { inputSize, hiddenSize, bias, dtype, generator } = options;
    this.#name = name;
    this.#cell = cell;
    this.#inputSize = inputSize;
    this.#dtype = dtype;
    this.#sizes = cell.stateSizes(hiddenSize, 0);
    const bound = 1 / Math.sqrt(hiddenSize);
    this.#weights = makeWeights(
      { gates: cell.gates, inputSize, hiddenSize, projSize: 0, bias },
      "",
      (shape) => uniform(shape, -bound, bound, { dtype, generator }),
      register,
    );
  }

  /** The state after one step from `state`, or from zeros. */
  forward(input: Variable | Tensor, state: GivenState<State> | undefined): State {
    const where = `${this.#name}.forward`;
    const x = variable(input);
    if (x.ndim !== 1 && x.ndim !== 2) {
      throw new ShapeError(
        `${where}: input must be [N, inputSize], or [inputSize] without a batch, got shape ${printShape(x.shape)}`,
      );
    }
    checkFeatures(where, x, this.#inputSize);
    checkFloat(where, "input", x.dtype, this.#dtype);
    const isUnbatched = x.ndim === 1;
    const batch = isUnbatched ? 1 : x.shape[0]!;
    const before = this.#stateBefore(where, state, batch, isUnbatched);
    const steps = reshape(x, [1, batch, this.#inputSize]);
    const after = this.#cell.sequence(
      steps,
      before,
      this.#weights,
      new Timeline(1, batch, false, null),
    ).state;
    if (!isUnbatched) return after;
    return this.#mapParts((part, size) => reshape(after[part]!, [size]));
  }

  #stateBefore(
    where: string,
    given: GivenState<State> | undefined,
    batch: number,
    isUnbatched: boolean,
  ): State {
    return this.#mapParts((part, size) => {
      if (given === undefined) return new Variable(zeros([batch, size], { dtype: this.#dtype }));
      const value = given[part];
      if (value === undefined || value === null) {
        throw new TypeError(
          `${where}: state.${String(part)} is missing; state needs ${Object.keys(this.#sizes).join(" and ")}`,
        );
      }
      const expected = isUnbatched ? [size] : [batch, size];
      if (!sameShape(value.shape, expected)) {
        throw new ShapeError(
          `${where}: state.${String(part)} has shape ${printShape(value.shape)}, ` +
            `expected ${printShape(expected)} = ${isUnbatched ? "[hiddenSize]" : "[batch, hiddenSize]"}`,
        );
      }
      checkFloat(where, `state.${String(part)}`, value.dtype, this.#dtype);
      return isUnbatched ? reshape(value, [1, size]) : variable(value);
    });
  }

  #mapParts(makePart: (part: keyof State, size: number) => Variable): State {
    const state: Partial<Record<keyof State, Variable>> = {};
    for (const part in this.#sizes) state[part] = makePart(part, this.#sizes[part]);
    return state as State;
  }
}
