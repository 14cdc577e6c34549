import type { Module } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";

/** A copy of a model's weights in memory, made whenever they are the best so far. */
export class BestWeights {
  readonly #model: Module;
  /** The copy; `null` before there is one. */
  copy: Map<string, Tensor> | null = null;

  constructor(model: Module) {
    this.#model = model;
  }

  save(): void {
    this.copy = new Map([...this.#model.stateDict()].map(([name, tensor]) => [name, tensor.clone()]));
  }

  /** Puts the copy back into the model; returns whether there was one. */
  restore(): boolean {
    if (this.copy === null) return false;
    this.#model.loadStateDict(this.copy);
    return true;
  }
}
