import { type Parameter, RowGradient, record } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { type FloatArray, floatData } from "../float-data.ts";
import { Barrier } from "./barrier.ts";
import { type Layout, type SharedMemory, viewOf } from "./shared-memory.ts";
import { sumPart } from "./weighted-sum.ts";

// what a replica has of the gradient of a parameter: nothing, all of it, or some rows of a table
const NONE = 0;
const WHOLE = 1;
const ROWS = 2;

/** The gradients of one replica in shared memory, by parameter. */
interface Store {
  /** All elements; of rows, theirs one after another. */
  readonly values: readonly FloatArray[];
  /** The number of rows, and then their positions. */
  readonly lists: readonly Int32Array[];
  readonly kinds: Uint8Array;
}

/** The gradients of all replicas, and their mean. */
export class SharedGradients {
  readonly #parameters: readonly Parameter[];
  readonly #stores: readonly Store[];
  readonly #weights: Float64Array;
  readonly #barrier: Barrier;

  constructor(parameters: readonly Parameter[], layout: Layout, memory: SharedMemory) {
    const count = parameters.length;
    this.#parameters = parameters;
    this.#stores = memory.gradients.map((buffer, r) => ({
      values: layout.parameters.map((place) => viewOf(place, buffer) as FloatArray),
      lists: layout.lists.map((start) => new Int32Array(buffer, start)),
      kinds: new Uint8Array(memory.flags, (r + 1) * count, count),
    }));
    this.#weights = new Float64Array(memory.weights);
    this.#barrier = new Barrier(memory.barrier, this.#stores.length);
  }

  /**
   * In replica `index`: adds the gradients of its parameters to those of the others, factor · Σ_r w_r g_r / Σ_r w_r.
   *
   * Waits for the others to call it too. Then each adds up its part of every gradient; rows are left to `receive`.
   *
   * @param weight - what its gradients count; 0 for none
   */
  exchange(index: number, weight: number, factor: number): void {
    const mine = this.#stores[index]!;
    this.#weights[index] = weight;
    for (const [i, parameter] of this.#parameters.entries()) {
      mine.kinds[i] = weight === 0 ? NONE : write(parameter, mine.values[i]!, mine.lists[i]!);
    }
    this.#barrier.wait();
    const wholes = [...this.#parameters.keys()].filter((i) => this.#has(WHOLE, i));
    if (wholes.some((i) => this.#has(NONE, i) || this.#has(ROWS, i))) {
      for (const i of wholes) {
        if (mine.kinds[i] === NONE) mine.values[i]!.fill(0);
        if (mine.kinds[i] === ROWS) mine.values[i]!.set(floatData(this.#parameters[i]!.grad!));
      }
      this.#barrier.wait();
    }
    const shares = this.#shares(factor);
    for (const i of wholes) {
      const gradients = this.#stores.map(({ values }) => values[i]!);
      sumPart(gradients, shares, index, this.#stores.length);
    }
  }

  /** In the training thread, before an exchange: moves gradients that are to be added to out of the memory it is made in. */
  spare(): void {
    for (const parameter of this.#parameters) {
      const grad = parameter.rowGrad === null ? parameter.grad : null;
      if (grad !== null && this.#isShared(grad)) parameter.grad = grad.clone();
    }
  }

  /** In the training thread, after an exchange: adds the mean to the gradients of its parameters. */
  receive(factor: number): void {
    const shares = this.#shares(factor);
    const means = this.#parameters.map(({ shape }, i) => {
      if (this.#has(WHOLE, i)) return new Tensor(this.#stores[0]!.values[i]!, shape);
      return this.#has(ROWS, i) ? this.#sumOfRows(i, shares) : null;
    });
    record("replicas", this.#parameters, new Tensor(new Float32Array(1), []), () => means).backward();
  }

  #has(kind: number, parameter: number): boolean {
    return this.#stores.some(({ kinds }) => kinds[parameter] === kind);
  }

  #shares(factor: number): Float64Array {
    const total = this.#weights.reduce((sum, weight) => sum + weight, 0);
    return this.#weights.map((weight) => (factor * weight) / total);
  }

  /** Σ_r shares[r] g_r of a table of which every replica has some rows, or nothing. */
  #sumOfRows(parameter: number, shares: Float64Array): RowGradient | null {
    const [count = 0, width = 0] = this.#parameters[parameter]!.shape;
    let sum: RowGradient | null = null;
    for (const [r, { values, lists, kinds }] of this.#stores.entries()) {
      if (kinds[parameter] !== ROWS) continue;
      const length = lists[parameter]![0]!;
      const rows = lists[parameter]!.slice(1, 1 + length);
      const part = values[parameter]!.slice(0, length * width).map((g) => g * shares[r]!);
      const gradient = new RowGradient([count, width], rows, part);
      sum = sum === null ? gradient : sum.plus(gradient);
    }
    return sum;
  }

  #isShared({ data }: Tensor): boolean {
    return this.#stores[0]!.values.some(({ buffer }) => buffer === data.buffer);
  }
}

/** Writes the gradient of a parameter into shared memory; returns its kind. */
function write(parameter: Parameter, values: FloatArray, list: Int32Array): number {
  const { rowGrad } = parameter;
  if (rowGrad !== null) {
    list[0] = rowGrad.rows.length;
    list.set(rowGrad.rows, 1);
    values.set(rowGrad.values);
    return ROWS;
  }
  if (parameter.grad === null) return NONE;
  values.set(floatData(parameter.grad));
  return WHOLE;
}
