import type { Module } from "@rnn/nn";
import type { Checkpoint, CheckpointStore } from "@rnn/train";
import { FileCheckpoints } from "@rnn/train/checkpoints";
import { InputError } from "../../errors.ts";

/** Checkpoints in a folder that the user named, of a training of this model. */
export class CheckpointFolder implements CheckpointStore {
  readonly #folder: string;
  readonly #model: Module;
  readonly #files: FileCheckpoints;

  constructor(folder: string, model: Module) {
    this.#folder = folder;
    this.#model = model;
    this.#files = new FileCheckpoints(folder);
  }

  save(checkpoint: Checkpoint): Promise<void> {
    return this.#files.save(checkpoint);
  }

  /**
   * The newest checkpoint.
   *
   * @throws {@link InputError} if it is of a network of other sizes.
   */
  async load(): Promise<Checkpoint | null> {
    const checkpoint = await this.#files.load();
    if (checkpoint === null || this.#isOfModel(checkpoint)) return checkpoint;
    throw new InputError(
      `${this.#folder}: has checkpoints of another network; give the options that it was trained with, or another --checkpoints`,
    );
  }

  get passedOver(): string | null {
    return this.#files.passedOver;
  }

  #isOfModel({ tensors }: Checkpoint): boolean {
    const weights = [...tensors].filter(([name]) => name.startsWith("model."));
    const state = this.#model.stateDict();
    const fits = weights.every(([name, { shape }]) => {
      const own = state.get(name.slice("model.".length));
      return own?.shape.join() === shape.join();
    });
    return fits && weights.length === state.size;
  }
}
