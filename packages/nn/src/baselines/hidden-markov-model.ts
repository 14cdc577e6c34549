import { type Generator, rand, Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import {
  checkCount,
  checkGenerator,
  checkNonNegative,
  checkOptions,
  checkPositive,
  type OptionNames,
} from "../options-check.ts";
import { checkObservations, checkPossible, listOf, logTable } from "./hmm-checks.ts";
import { expectedCounts, setFromCounts } from "./hmm-learning.ts";
import {
  bestPath,
  type LogModel,
  logBackward,
  logForward,
  logLikelihood,
  logSumExp,
} from "./hmm-recursions.ts";

/**
 * The probabilities of a {@link HiddenMarkovModel}, as lists or as tensors; each row adds up to 1.
 *
 * @public
 */
export interface HiddenMarkovModelOptions {
  /** Of each state at the first step: `[S]`. */
  start: readonly number[] | Tensor;
  /** Of each state after each state: `[S, S]`, from row to column. */
  transition: readonly (readonly number[])[] | Tensor;
  /** Of each symbol in each state: `[S, V]`. */
  emission: readonly (readonly number[])[] | Tensor;
}

/**
 * How often, given what was observed, each thing is expected to have happened: what `HiddenMarkovModel.expectedCounts` returns.
 *
 * @public
 */
export interface HiddenMarkovModelCounts {
  /** Sequences that began in each state: float64 `[S]`. */
  readonly start: Tensor;
  /** Steps from state to state: float64 `[S, S]`. */
  readonly transition: Tensor;
  /** Symbols seen in each state: float64 `[S, V]`. */
  readonly emission: Tensor;
  /** `log P` of all sequences together. */
  readonly logLikelihood: number;
}

/**
 * Options of `HiddenMarkovModel.fit`.
 *
 * @public
 */
export interface HiddenMarkovModelFitOptions {
  /** Most iterations. Default 100. */
  maxIterations?: number | undefined;
  /** Learning ends when the log likelihood of all sequences grows by less than this. Default 1e-4. */
  tolerance?: number | undefined;
  /**
   * Added to every expected count, so that what the sequences never show stays possible: symbols of later texts. The
   * likelihood may then fall a little. Default 0.
   */
  smoothing?: number | undefined;
}

const optionNames: OptionNames<HiddenMarkovModelOptions> = { start: true, transition: true, emission: true };
const fitNames: OptionNames<HiddenMarkovModelFitOptions> = {
  maxIterations: true,
  tolerance: true,
  smoothing: true,
};
const randomNames = { numStates: true, numSymbols: true, generator: true } as const;

/**
 * A discrete hidden Markov model: a chain of states that nobody sees, each of which emits a symbol that everybody sees.
 *
 * @remarks
 * The baseline of recurrent networks for sequences: its memory is which of S states it is in, and what it says of the next
 * step depends on nothing else. Observations are symbols `0 … V - 1`, a list or an `Int32Array`, at least one. All
 * recursions run in log space in float64, so that long sequences do not underflow. Source: Rabiner 1989.
 *
 * @throws RangeError if the probabilities are not probabilities, do not add up to 1, or their numbers do not agree.
 *
 * @example
 * ```ts
 * import { HiddenMarkovModel } from "@rnn/nn";
 *
 * // states: rainy, sunny; symbols: walk, shop, clean
 * const weather = new HiddenMarkovModel({
 *   start: [0.6, 0.4],
 *   transition: [[0.7, 0.3], [0.4, 0.6]],
 *   emission: [[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]],
 * });
 * weather.viterbi([0, 1, 2]).path; // => [1, 0, 0]
 * weather.filter([0, 1, 2]).select(0, 2).toArray(); // => [0.8640, 0.1360]
 * ```
 *
 * @public
 */
export class HiddenMarkovModel {
  /** Number of states. */
  readonly numStates: number;
  /** Number of symbols. */
  readonly numSymbols: number;
  readonly #model: LogModel;

  constructor(options: HiddenMarkovModelOptions) {
    const given = checkOptions("HiddenMarkovModel", options, optionNames);
    const start = listOf("start", given.start) as readonly number[];
    const transition = listOf("transition", given.transition) as readonly number[][];
    const emission = listOf("emission", given.emission) as readonly number[][];
    const states = start.length;
    const symbols = emission[0]?.length ?? 0;
    for (const [name, { length }] of Object.entries({ transition, emission })) {
      if (length === states && states > 0) continue;
      throw new RangeError(`HiddenMarkovModel: ${name} has ${length} rows, but start has ${states} states`);
    }
    this.numStates = states;
    this.numSymbols = symbols;
    this.#model = {
      states,
      symbols,
      start: logTable("start", [start], states, () => "start"),
      transition: logTable("transition", transition, states, (row) => `transition[${row}]`),
      emission: logTable("emission", emission, symbols, (row) => `emission[${row}]`),
    };
  }

  /**
   * A model with random probabilities, from which `fit` can start.
   *
   * @throws RangeError if a number is not a positive integer.
   */
  static random(options: {
    numStates: number;
    numSymbols: number;
    generator?: Generator | undefined;
  }): HiddenMarkovModel {
    const { numStates, numSymbols, generator } = checkOptions(
      "HiddenMarkovModel.random",
      options,
      randomNames,
    );
    checkGenerator("HiddenMarkovModel.random", generator);
    checkPositive("HiddenMarkovModel.random", "numStates", numStates);
    checkPositive("HiddenMarkovModel.random", "numSymbols", numSymbols);
    // between 1 and 2 before they are divided by their sum: no state begins as good as impossible
    const row = (length: number): number[] => {
      const draws = Array.from(rand([length], { dtype: "float64", generator }).data, (draw) => draw + 1);
      const sum = draws.reduce((total, draw) => total + draw, 0);
      return draws.map((draw) => draw / sum);
    };
    const rows = (length: number): number[][] => Array.from({ length: numStates }, () => row(length));
    return new HiddenMarkovModel({
      start: row(numStates),
      transition: rows(numStates),
      emission: rows(numSymbols),
    });
  }

  /** Probability of each state at the first step: `[S]`. */
  get start(): Tensor {
    return exponentials(this.#model.start, [this.numStates]);
  }

  /** Probability of each state after each state: `[S, S]`. */
  get transition(): Tensor {
    return exponentials(this.#model.transition, [this.numStates, this.numStates]);
  }

  /** Probability of each symbol in each state: `[S, V]`. */
  get emission(): Tensor {
    return exponentials(this.#model.emission, [this.numStates, this.numSymbols]);
  }

  /** `log P(x_1 … x_t, state_t)` for every step: `[L, S]`, the forward recursion. */
  logForward(observations: ArrayLike<number>): Tensor {
    this.#check("logForward", observations);
    return this.#steps(logForward(this.#model, observations));
  }

  /** `log P(x_{t+1} … x_L | state_t)` for every step: `[L, S]`, the backward recursion. */
  logBackward(observations: ArrayLike<number>): Tensor {
    this.#check("logBackward", observations);
    return this.#steps(logBackward(this.#model, observations));
  }

  /** `log P(x_1 … x_L)`; `-Infinity` if the model cannot have made them. */
  logLikelihood(observations: ArrayLike<number>): number {
    this.#check("logLikelihood", observations);
    return logLikelihood(logForward(this.#model, observations), this.numStates);
  }

  /**
   * What is known of each state at its own time: `P(state_t | x_1 … x_t)`, `[L, S]`.
   *
   * @throws RangeError if the observations have probability 0.
   */
  filter(observations: ArrayLike<number>): Tensor {
    this.#check("filter", observations);
    return this.#posteriors("filter", logForward(this.#model, observations));
  }

  /**
   * What is known of each state in the end: `P(state_t | x_1 … x_L)`, `[L, S]`.
   *
   * @throws RangeError if the observations have probability 0.
   */
  smooth(observations: ArrayLike<number>): Tensor {
    this.#check("smooth", observations);
    const both = logForward(this.#model, observations);
    const beta = logBackward(this.#model, observations);
    for (let i = 0; i < both.length; i++) both[i]! += beta[i]!;
    return this.#posteriors("smooth", both);
  }

  /**
   * The most likely path of states as a whole (Viterbi 1967), and the log probability of path and observations.
   *
   * @throws RangeError if the observations have probability 0.
   */
  viterbi(observations: ArrayLike<number>): { path: Int32Array; logProbability: number } {
    this.#check("viterbi", observations);
    const best = bestPath(this.#model, observations);
    checkPossible("HiddenMarkovModel.viterbi", best.logProbability);
    return best;
  }

  /**
   * Probability of each symbol at the next step: `P(x_{L+1} | x_1 … x_L)`, `[V]`.
   *
   * @throws RangeError if the observations have probability 0.
   */
  predictNext(observations: ArrayLike<number>): Tensor {
    const last = this.filter(observations).select(0, -1);
    return last.matmul(this.transition).matmul(this.emission);
  }

  /**
   * Changes the probabilities so that the sequences become more likely, until they hardly do any more (Baum-Welch).
   *
   * @remarks
   * Finds the best model near the one it starts from: start from several random ones. Without `smoothing` a probability of 0
   * stays 0, and the likelihood never falls.
   *
   * @returns the log likelihood of all sequences before each iteration and after the last.
   * @throws RangeError if there is no sequence, or one has probability 0.
   */
  fit(
    sequences: readonly ArrayLike<number>[],
    options: HiddenMarkovModelFitOptions = {},
  ): { logLikelihoods: number[] } {
    const where = "HiddenMarkovModel.fit";
    const { maxIterations = 100, tolerance = 1e-4, smoothing = 0 } = checkOptions(where, options, fitNames);
    checkCount(where, "maxIterations", maxIterations);
    checkNonNegative(where, "tolerance", tolerance);
    checkNonNegative(where, "smoothing", smoothing);
    this.#checkAll("fit", sequences);
    const logLikelihoods: number[] = [];
    for (;;) {
      const { counts, total } = expectedCounts(this.#model, sequences);
      checkPossible(where, total);
      const grown = total - (logLikelihoods.at(-1) ?? -Infinity);
      logLikelihoods.push(total);
      if (grown < tolerance || logLikelihoods.length > maxIterations) return { logLikelihoods };
      setFromCounts(this.#model.start, counts.start, this.numStates, smoothing);
      setFromCounts(this.#model.transition, counts.transition, this.numStates, smoothing);
      setFromCounts(this.#model.emission, counts.emission, this.numSymbols, smoothing);
    }
  }

  /**
   * How often each thing is expected to have happened, given the sequences: the first half of an iteration of `fit`, for those
   * who gather counts over batches or change the probabilities in another way.
   *
   * @remarks
   * At the same time the gradient of the log likelihood with respect to the logarithms of the probabilities.
   *
   * @throws RangeError if there is no sequence, or one has probability 0.
   */
  expectedCounts(sequences: readonly ArrayLike<number>[]): HiddenMarkovModelCounts {
    this.#checkAll("expectedCounts", sequences);
    const { counts, total } = expectedCounts(this.#model, sequences);
    checkPossible("HiddenMarkovModel.expectedCounts", total);
    const { numStates: S, numSymbols: V } = this;
    return {
      start: new Tensor(counts.start, [S]),
      transition: new Tensor(counts.transition, [S, S]),
      emission: new Tensor(counts.emission, [S, V]),
      logLikelihood: total,
    };
  }

  #checkAll(method: string, sequences: readonly ArrayLike<number>[]): void {
    if (!Array.isArray(sequences) || sequences.length === 0) {
      const given = describe(sequences);
      throw new RangeError(
        `HiddenMarkovModel.${method}: sequences must be a list of at least one, got ${given}`,
      );
    }
    for (const observations of sequences) this.#check(method, observations);
  }

  #check(method: string, observations: ArrayLike<number>): void {
    checkObservations(`HiddenMarkovModel.${method}`, observations, this.numSymbols);
  }

  #steps(values: Float64Array<ArrayBuffer>): Tensor {
    return new Tensor(values, [values.length / this.numStates, this.numStates]);
  }

  /** Rows of log weights as probabilities. */
  #posteriors(method: string, logs: Float64Array): Tensor {
    const S = this.numStates;
    const values = new Float64Array(logs.length);
    for (let row = 0; row < logs.length; row += S) {
      const total = logSumExp(logs.subarray(row, row + S));
      checkPossible(`HiddenMarkovModel.${method}`, total);
      for (let i = row; i < row + S; i++) values[i] = Math.exp(logs[i]! - total);
    }
    return this.#steps(values);
  }
}

function exponentials(logs: Float64Array, shape: readonly number[]): Tensor {
  return new Tensor(Float64Array.from(logs, Math.exp), shape);
}
