import { Variable, variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import { detachState } from "./detach-state.ts";
import type { TensorState } from "./fit/checkpoint.ts";
import { mapState } from "./map-state.ts";

/**
 * The recurrent state that a loss function carries from batch to batch, detached: truncated backpropagation in
 * {@link fit}, over the batches of {@link laneBatches}.
 *
 * @remarks
 * A batch that begins the lanes starts from no state, so the same function serves for training and validation, which
 * takes place between two epochs. Asked again for the same batch, it gives the same state again. Among the `also` of
 * {@link CheckpointOptions} it is part of checkpoints, so that a training can continue within an epoch.
 *
 * A state may be a variable, or arrays and plain objects of states, as in {@link detachState}.
 *
 * @example
 * ```ts
 * import { crossEntropy, Embedding, GRU, type GRUState, Linear, Module, type Variable } from "@rnn/nn";
 * import { manualSeed, type Tensor } from "@rnn/tensor";
 * import { Adam, CarriedState, fit, type LaneBatch, laneBatches } from "@rnn/train";
 *
 * class LanguageModel extends Module {
 *   embedding = this.child("embedding", new Embedding({ numEmbeddings: 6, embeddingDim: 4 }));
 *   gru = this.child("gru", new GRU({ inputSize: 4, hiddenSize: 16 }));
 *   head = this.child("head", new Linear({ inFeatures: 16, outFeatures: 6 }));
 *
 *   override forward(ids: Tensor, { state }: { state?: GRUState | undefined } = {}): { output: Variable; state: GRUState } {
 *     const result = this.gru.forward(this.embedding.forward(ids), { state });
 *     return { output: this.head.forward(result.output), state: result.state };
 *   }
 * }
 *
 * manualSeed(0);
 * const model = new LanguageModel();
 * const carried = new CarriedState<GRUState>();
 * function loss(batch: LaneBatch): Variable {
 *   const { output, state } = model.forward(batch.inputs, { state: carried.before(batch) });
 *   carried.after(state);
 *   return crossEntropy(output.reshape([-1, 6]), batch.targets.flatten());
 * }
 * const text = Array.from({ length: 400 }, (_, t) => [0, 1, 2, 3, 2, 4, 2, 5][t % 8] ?? 0);
 * const training = laneBatches(text, { batchSize: 4, sequenceLength: 10 });
 * const validation = laneBatches(text.slice(0, 50), { batchSize: 1, sequenceLength: 10 });
 * const optimizer = new Adam(model.parameters(), { learningRate: 0.02 });
 * for await (const event of fit(model, training, { optimizer, loss, validation, epochs: 20, clipNorm: 1 })) {
 *   if (event.type !== "epoch" || event.epoch < 20) continue;
 *   Math.exp(event.validation?.loss ?? 0) < 1.2; // perplexity => true
 * }
 * ```
 *
 * @public
 */
export class CarriedState<State> implements TensorState {
  /** State after the batches so far. */
  #state: State | undefined;
  /** The last batch that was asked for, and its state. */
  #batch: object | undefined;
  #before: State | undefined;

  /**
   * The state that a batch starts from: `undefined`, the model's own initial state, if the lanes begin here.
   *
   * @param batch - the batch that is about to be read
   */
  before(batch: { readonly isStart: boolean }): State | undefined {
    if (batch !== this.#batch) {
      this.#batch = batch;
      this.#before = batch.isStart ? undefined : this.#state;
    }
    return this.#before;
  }

  /**
   * Keeps the state after a batch for the next one.
   *
   * @param state - the state; its variables are kept detached
   */
  after(state: State): void {
    this.#state = detachState(state);
  }

  /** The state, one tensor per part, under paths such as `h` or `layers[0].c`. */
  stateDict(): Map<string, Tensor> {
    const tensors = new Map<string, Tensor>();
    const save = <Part extends Variable | Tensor>(part: Part, path: string): Part => {
      tensors.set(path, part instanceof Variable ? part.value : part);
      return part;
    };
    mapState(this.#state, save, save);
    return tensors;
  }

  /** Continues from a saved state; its parts become variables. */
  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    const parts = Array.from(state, ([path, tensor]) => ({
      keys: path.match(/[^.[\]]+|\[\d+/g) ?? [],
      tensor,
    }));
    this.#state = (parts.length === 0 ? undefined : assembled(parts)) as State | undefined;
    this.#batch = undefined;
  }
}

/** A tensor of a state, and the keys that lead to it: names, and `[` with positions. */
interface Part {
  readonly keys: readonly string[];
  readonly tensor: Tensor;
}

/** Puts parts together into a state, each at the place that its keys name. */
function assembled(parts: readonly Part[]): unknown {
  const [{ keys, tensor } = { keys: [], tensor: undefined }] = parts;
  if (keys.length === 0) return tensor && variable(tensor);
  const groups = new Map<string, Part[]>();
  for (const {
    keys: [first = "", ...rest],
    tensor,
  } of parts) {
    const group = groups.get(first) ?? [];
    groups.set(first, group);
    group.push({ keys: rest, tensor });
  }
  const members = Array.from(groups, ([key, group]) => [key, assembled(group)] as const);
  return keys[0]?.startsWith("[") ? members.map(([, member]) => member) : Object.fromEntries(members);
}
