import type { Module, Parameter } from "@rnn/nn";
import type { TensorData } from "@rnn/tensor";
import type { FloatArray } from "../float-data.ts";
import { layoutOf, type Place, type SharedMemory, viewOf } from "./shared-memory.ts";

// the gradient of a parameter in a replica: none, a whole one, or some rows of a table
export const NONE = 0;
export const WHOLE = 1;
export const ROWS = 2;

/** A tensor of the model in the thread's own memory and in shared memory. */
export interface Copies {
  readonly own: TensorData;
  readonly shared: TensorData;
}

/** The gradients of one replica in shared memory, by parameter. */
export interface GradientStore {
  /** All elements; of rows, theirs one after another. */
  readonly values: readonly FloatArray[];
  /** The number of rows, and then their positions. */
  readonly lists: readonly Int32Array[];
  readonly kinds: Uint8Array;
}

/**
 * A model, and what it shares with those of other threads: weights, buffers and gradients.
 *
 * One thread trains, the others hold replicas; each has this object on the same memory. For an exchange, the training
 * thread calls `publishWeights`; the replicas, on a message, `fetchWeights` and `exchangeGradients`; and after their
 * messages the training thread `receiveGradients`.
 */
export class SharedModel {
  readonly parameters: readonly Parameter[];
  readonly weights: readonly Copies[];
  readonly buffers: readonly Copies[];
  /** Of each parameter, whether it is learned. */
  readonly isLearned: Uint8Array;
  /** By replica. After an exchange the first has the mean of whole gradients. */
  readonly gradients: readonly GradientStore[];
  /** Weight of the gradients of each replica. */
  readonly #counts: Float64Array;

  constructor(model: Module, memory: SharedMemory) {
    const layout = layoutOf(model);
    const parameters = model.parameters();
    const copiesOf = (place: Place): Copies => ({ own: place.own, shared: viewOf(place, memory.tensors) });
    this.parameters = parameters;
    this.weights = layout.parameters.map(copiesOf);
    this.buffers = layout.buffers.map(copiesOf);
    this.isLearned = new Uint8Array(memory.flags, 0, parameters.length);
    this.gradients = memory.gradients.map((buffer, r) => ({
      values: layout.parameters.map((place) => viewOf(place, buffer) as FloatArray),
      lists: layout.lists.map((start) => new Int32Array(buffer, start)),
      kinds: new Uint8Array(memory.flags, (r + 1) * parameters.length, parameters.length),
    }));
    this.#counts = new Float64Array(memory.weights);
  }

  /** Whether any replica has a gradient of that kind. */
  has(kind: number, parameter: number): boolean {
    return this.gradients.some(({ kinds }) => kinds[parameter] === kind);
  }

  /** Sets the weight of a replica's gradients. */
  count(replica: number, weight: number): void {
    this.#counts[replica] = weight;
  }

  /** factor · w_r / Σ_s w_s of each replica r. */
  shares(factor: number): Float64Array {
    const total = this.#counts.reduce((sum, weight) => sum + weight, 0);
    return this.#counts.map((weight) => (factor * weight) / total);
  }
}
