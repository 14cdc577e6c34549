import type { Module, Parameter } from "@rnn/nn";
import type { TensorData } from "@rnn/tensor";
import { SharedGradients } from "./shared-gradients.ts";
import { layoutOf, type Place, type SharedMemory, viewOf } from "./shared-memory.ts";

/** A tensor of the model in the thread's own memory and in shared memory. */
interface Copies {
  readonly own: TensorData;
  readonly shared: TensorData;
}

/**
 * A model whose parameters, buffers and gradients are exchanged between threads through shared memory.
 *
 * One thread trains, the others hold replicas. `publish` and `fetch` bring weights to the replicas; `exchange` and `receive`
 * bring the mean of the replicas' gradients back. Messages between these calls keep them in that order.
 */
export class SharedModel {
  readonly #parameters: readonly Parameter[];
  readonly #weights: readonly Copies[];
  readonly #buffers: readonly Copies[];
  /** Of each parameter, whether it is learned. */
  readonly #isLearned: Uint8Array;
  readonly #gradients: SharedGradients;

  constructor(model: Module, memory: SharedMemory) {
    const layout = layoutOf(model);
    const copiesOf = (place: Place): Copies => ({ own: place.own, shared: viewOf(place, memory.tensors) });
    this.#parameters = model.parameters();
    this.#weights = layout.parameters.map(copiesOf);
    this.#buffers = layout.buffers.map(copiesOf);
    this.#isLearned = new Uint8Array(memory.flags, 0, this.#parameters.length);
    this.#gradients = new SharedGradients(this.#parameters, layout, memory);
  }

  /** In the training thread, before an exchange: shows its weights, its buffers, and which parameters are frozen. */
  publish(): void {
    this.#gradients.spare();
    for (const { own, shared } of [...this.#weights, ...this.#buffers]) shared.set(own);
    this.#isLearned.set(this.#parameters.map(({ requiresGrad }) => Number(requiresGrad)));
  }

  /** In a replica, before its gradients are computed: takes over what the training thread shows. */
  fetch(): void {
    for (const { own, shared } of [...this.#weights, ...this.#buffers]) own.set(shared);
    for (const [i, parameter] of this.#parameters.entries()) {
      parameter.requiresGrad = this.#isLearned[i] === 1;
    }
  }

  /**
   * In replica `index`: adds its gradients to those of the others. The buffers of the first replica are shown.
   *
   * @param weight - what its gradients count; 0 for none
   * @param factor - what the mean over all gradients is multiplied by
   */
  exchange(index: number, weight: number, factor: number): void {
    if (index === 0) for (const { own, shared } of this.#buffers) shared.set(own);
    this.#gradients.exchange(index, weight, factor);
  }

  /** In the training thread, after an exchange: adds up gradients in the parameters, and takes over the buffers. */
  receive(factor: number): void {
    for (const { own, shared } of this.#buffers) own.set(shared);
    this.#gradients.receive(factor);
  }
}
