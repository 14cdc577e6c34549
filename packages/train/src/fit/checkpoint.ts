import type { Generator, Tensor } from "@rnn/tensor";

/**
 * Everything that a training needs to continue exactly where it was.
 *
 * @public
 */
export interface Checkpoint {
  /** Updates done. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** Counters, options and the states of random generators: numbers (not all finite), texts, lists and plain objects. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Weights, averages and what the optimizer remembers, by name. Copies. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * Where checkpoints are kept.
 *
 * @public
 */
export interface CheckpointStore {
  /** Saves a checkpoint, completely or not at all. */
  save(checkpoint: Checkpoint): void | Promise<void>;
  /** The newest one; `null` if there is none. */
  load(): Checkpoint | null | Promise<Checkpoint | null>;
  /** The newest checkpoint if the last `load` skipped it, and why; `null` or absent if it did not. `fit` reports it in a `notice`. */
  readonly passedOver?: string | null | undefined;
}

/**
 * How {@link fit} keeps checkpoints.
 *
 * @remarks
 * A checkpoint overrides what the program says, also the optimizer's options, such as its learning rate, and the schedule. To
 * continue with another rate, set it in `optimizer.parameterGroups` at the `start` event.
 *
 * @public
 */
export interface CheckpointOptions {
  /** Where they are kept. */
  store: CheckpointStore;
  /** Save after this many epochs; `Infinity` for never. Default 1. */
  everyEpochs?: number | undefined;
  /** Save after this many updates, too. Default never. */
  everySteps?: number | undefined;
  /** Continue from the newest checkpoint if there is one. Default `true`. */
  resume?: boolean | undefined;
  /**
   * Random generators that training draws from, besides the default one and those of the batches: of dropout layers that
   * have their own.
   */
  generators?: readonly Generator[] | undefined;
  /**
   * What else belongs to the training, by name: a second model, or the recurrent state that a loss function carries from
   * batch to batch.
   */
  also?: Readonly<Record<string, TensorState>> | undefined;
}

/**
 * Something whose state is tensors, such as a module.
 *
 * @public
 */
export interface TensorState {
  /** Its state by name. */
  stateDict(): ReadonlyMap<string, Tensor>;
  /** Continues from a saved state; it may keep the tensors. */
  loadStateDict(state: ReadonlyMap<string, Tensor>): unknown;
}
