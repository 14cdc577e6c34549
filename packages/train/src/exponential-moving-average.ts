import { Module, type Parameter } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import {
  checkInteger,
  checkNumber,
  checkObject,
  checkOptions,
  type OptionNames,
  wrongKind,
} from "./check.ts";
import { type FloatArray, floatData } from "./float-data.ts";

/**
 * Options of {@link ExponentialMovingAverage}.
 *
 * @public
 */
export interface ExponentialMovingAverageOptions {
  /** Share of the old average that an update keeps, 0 to 1 (excluded). Default 0.999: about the last 1,000 updates. */
  decay?: number | undefined;
}

/**
 * What {@link ExponentialMovingAverage} remembers.
 *
 * @public
 */
export interface AverageState {
  /** Updates so far. */
  readonly updates: number;
  /** The averages by parameter name; no entries before the first update. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

const OPTIONS: OptionNames<ExponentialMovingAverageOptions> = { decay: true };

/**
 * Exponential moving average of a model's weights: often better, and steadier from epoch to epoch, than the weights
 * of any one step.
 *
 * @remarks
 * a ← a + (1 − decay)(w − a) after every step of the optimizer; the first update copies the weights w. As PyTorch's
 * `AveragedModel` with `get_ema_multi_avg_fn(decay)`, but without a second model: `swap` exchanges weights and averages.
 * {@link fit} does all of this when given one as its option `ema`.
 *
 * @throws TypeError if `model` is not a module, or for an unknown option.
 * @throws RangeError if `decay` is out of range.
 *
 * @example
 * ```ts
 * import { Linear } from "@rnn/nn";
 * import { ExponentialMovingAverage } from "@rnn/train";
 *
 * const model = new Linear({ inFeatures: 1, outFeatures: 1, bias: false });
 * const average = new ExponentialMovingAverage(model, { decay: 0.75 });
 * for (const w of [0, 4, 8]) {
 *   model.weight.value.data[0] = w; // what a step of an optimizer would do
 *   average.update();
 * }
 * average.swap(); // the model works with the average
 * model.weight.item(); // => 2.75
 * average.swap(); // and with its last weights again
 * model.weight.item(); // => 8
 * ```
 *
 * @public
 */
export class ExponentialMovingAverage {
  /** The model whose parameters are averaged; its buffers are left alone. */
  readonly model: Module;
  readonly #decay: number;
  readonly #entries: readonly {
    name: string;
    parameter: Parameter;
    value: Tensor;
    weights: FloatArray;
    average: FloatArray;
  }[];
  #updates = 0;
  #swapped = false;

  constructor(model: Module, options: ExponentialMovingAverageOptions = {}) {
    const where = "ExponentialMovingAverage";
    if (!(model instanceof Module)) throw wrongKind(where, "model", "a Module", model);
    checkOptions(where, options, OPTIONS);
    const { decay = 0.999 } = options;
    checkNumber(where, "decay", decay, { min: 0, below: 1 });
    this.model = model;
    this.#decay = decay;
    this.#entries = model.namedParameters().map(([name, parameter]) => {
      const { value } = parameter;
      const weights = floatData(value);
      return { name, parameter, value, weights, average: weights.slice() };
    });
  }

  /** Updates so far. */
  get updates(): number {
    return this.#updates;
  }

  /** Whether the model holds the averages at the moment, and this object the weights. */
  get swapped(): boolean {
    return this.#swapped;
  }

  /**
   * Moves the averages towards the weights; call it after every step of the optimizer.
   *
   * @throws Error while the model holds the averages.
   */
  update(): void {
    this.#refuseSwapped("update");
    const share = 1 - this.#decay;
    for (const { weights, average } of this.#entries) {
      if (this.#updates === 0) average.set(weights);
      else for (let i = 0; i < average.length; i++) average[i]! += share * (weights[i]! - average[i]!);
    }
    this.#updates++;
  }

  /** Exchanges the model's weights with their averages; a second call undoes it. Does nothing before the first update. */
  swap(): void {
    if (this.#updates === 0) return;
    for (const { parameter, weights, average } of this.#entries) {
      const copy = weights.slice();
      weights.set(average);
      average.set(copy);
      parameter.markChanged();
    }
    this.#swapped = !this.#swapped;
  }

  /**
   * A copy of the averages.
   *
   * @throws Error while the model holds them.
   */
  stateDict(): AverageState {
    this.#refuseSwapped("stateDict");
    const tensors = this.#entries.map(
      ({ name, value, average }) => [name, new Tensor(average.slice(), value.shape)] as const,
    );
    return { updates: this.#updates, tensors: new Map(this.#updates === 0 ? [] : tensors) };
  }

  /**
   * Goes on from saved averages of a model with the same parameters.
   *
   * @throws TypeError if `state` is not what `stateDict` returned.
   * @throws RangeError for averages that are missing, too many or of another shape; nothing is changed then.
   * @throws Error while the model holds the averages.
   */
  loadStateDict(state: AverageState): void {
    const where = "ExponentialMovingAverage.loadStateDict";
    this.#refuseSwapped("loadStateDict");
    checkObject(where, "state", state, "what stateDict() returned");
    checkInteger(where, "updates", state.updates, 0);
    if (!(state.tensors instanceof Map)) throw wrongKind(where, "tensors", "a Map", state.tensors);
    const expected = state.updates === 0 ? [] : this.#entries;
    for (const { name, value } of expected) checkAverage(where, name, value, state.tensors.get(name));
    if (state.tensors.size !== expected.length) {
      const names = new Set(expected.map(({ name }) => name));
      const extra = [...state.tensors.keys()].find((name) => !names.has(name));
      throw new RangeError(`${where}: unexpected tensor "${extra}"`);
    }
    for (const { name, average } of expected) average.set(floatData(state.tensors.get(name)!));
    this.#updates = state.updates;
  }

  #refuseSwapped(method: string): void {
    if (!this.#swapped) return;
    throw new Error(`ExponentialMovingAverage.${method}: the model holds the averages; call swap() first`);
  }
}

/** Throws unless `saved` is an average of the parameter `name`. */
function checkAverage(where: string, name: string, value: Tensor, saved: Tensor | undefined): void {
  if (saved === undefined) throw new RangeError(`${where}: missing tensor "${name}"`);
  const fits =
    saved instanceof Tensor && saved.dtype === value.dtype && String(saved.shape) === String(value.shape);
  if (fits) return;
  const given = saved instanceof Tensor ? `${saved.dtype} [${saved.shape.join(",")}]` : "no Tensor";
  throw new RangeError(`${where}: "${name}" must be ${value.dtype} [${value.shape.join(",")}], got ${given}`);
}
