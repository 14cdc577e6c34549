import type { Generator, Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import type { FloatDType } from "../dtype.ts";
import { unsqueeze } from "../functional/unsqueeze.ts";
import { uniform } from "../init/uniform.ts";
import type { ModuleConfig } from "../module.ts";
import type { CellState, CellWeights, RecurrentCell } from "./cell.ts";
import { checkedStep, type GivenState, type StepForm } from "./checked-step.ts";
import { makeWeights, type Register } from "./parameters.ts";
import { oneStep } from "./timeline.ts";

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
  /** What the module says about itself. */
  readonly config: ModuleConfig;
  readonly #cell: RecurrentCell<State>;
  readonly #form: StepForm<State>;
  readonly #weights: CellWeights;

  /**
   * @param name - the class that errors name
   * @param register - receives every parameter in PyTorch's order, under PyTorch's name
   */
  constructor(name: string, cell: RecurrentCell<State>, options: SingleStepOptions, register: Register) {
    const { inputSize, hiddenSize, bias, dtype, generator } = options;
    this.config = { class: name, inputSize, hiddenSize, ...cell.config };
    this.#cell = cell;
    this.#form = { name, inputSize, sizes: cell.stateSizes(hiddenSize, 0), dtype };
    const bound = 1 / Math.sqrt(hiddenSize);
    this.#weights = makeWeights(
      { gates: cell.gates, inputSize, hiddenSize, projSize: 0, bias },
      "",
      (shape) => uniform(shape, -bound, bound, { dtype, generator }),
      register,
    );
  }

  /** The state after one step from `state`, or from zeros: the fused sequence over one step. */
  forward(input: Variable | Tensor, state: GivenState<State> | undefined): State {
    return checkedStep(
      this.#form,
      input,
      state,
      (x, before) => this.#cell.sequence(unsqueeze(x, 0), before, this.#weights, oneStep(x)).state,
    );
  }
}
