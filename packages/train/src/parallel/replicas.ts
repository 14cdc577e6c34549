import type { Module } from "@rnn/nn";
import { defaultGenerator, Generator } from "@rnn/tensor";
import { wrongKind } from "../check.ts";
import { encodeBatch } from "./batch-message.ts";
import type { Done, ToReplica } from "./messages.ts";
import { ReplicaThread } from "./replica-thread.ts";
import { type Divide, shardOf } from "./shard.ts";
import { shareMemory, specsOf } from "./shared-memory.ts";
import { SharedModel } from "./shared-model.ts";
import { publishWeights, receiveGradients } from "./training-side.ts";
import type { WorkerLike } from "./worker-like.ts";

/** How many replicas there are, and what they do. */
export interface ReplicasOptions<Batch> {
  readonly count: number;
  readonly worker: (index: number) => WorkerLike;
  readonly divide: Divide<Batch> | undefined;
  /** What the training asks for, and the replicas must serve. */
  readonly serves: "loss" | "chunks";
}

/** Replicas of a model in other threads, which compute its gradients together. */
export class Replicas<Batch> {
  readonly #options: ReplicasOptions<Batch>;
  readonly #threads: ReplicaThread[] = [];
  readonly #shared: SharedModel;
  /** A copy of the default generator, to look at its next numbers without drawing them. */
  readonly #preview: Generator = new Generator();

  private constructor(shared: SharedModel, options: ReplicasOptions<Batch>) {
    this.#shared = shared;
    this.#options = options;
  }

  /** Starts the threads, and waits until all of them are ready. */
  static async start<Batch>(model: Module, options: ReplicasOptions<Batch>): Promise<Replicas<Batch>> {
    const memory = shareMemory(model, options.count);
    const replicas = new Replicas(new SharedModel(model, memory), options);
    try {
      const threads = replicas.#createThreads();
      await Promise.all(threads.map((thread) => thread.started()));
      const specs = specsOf(model);
      for (const [index, thread] of threads.entries()) {
        thread.post({ replica: "start", index, memory, specs });
      }
      for (const { serves } of await Promise.all(threads.map((thread) => thread.answer<"ready">()))) {
        if (serves === options.serves) continue;
        throw new TypeError(
          `fit: replicas serve ${serves}, but the training has ${options.serves}; both need the same`,
        );
      }
      return replicas;
    } catch (error) {
      await replicas.end();
      throw error;
    }
  }

  /**
   * Computes the gradients of a batch, at once or chunk by chunk: at each turn they are added to those of the parameters.
   *
   * @param factor - what the gradients are multiplied by; not the loss, which is the mean over the shards
   */
  async *gradients(batch: Batch, factor: number): AsyncGenerator<{ readonly loss: number }, void, undefined> {
    publishWeights(this.#shared);
    const seeds = this.#seeds();
    const messages = this.#threads.map((_, index) => this.#messageFor(index, batch, factor, seeds[index]!));
    // the messages are all made before the first is posted: a thread that wakes up may take this one's processor
    for (const [index, { message, transfer }] of messages.entries()) {
      this.#threads[index]!.post(message, transfer);
    }
    let drew = false;
    for (;;) {
      const parts = await Promise.all(this.#threads.map((thread) => thread.answer<"done">()));
      // if replicas drew random numbers, draw here too, so that the next batch gets other ones
      if (!drew && parts.some((part) => part.drew)) {
        drew = true;
        for (const _ of seeds) defaultGenerator().uint32();
      }
      if (parts.every(({ loss }) => loss === null)) return;
      receiveGradients(this.#shared, factor);
      yield { loss: meanOf(parts) };
      if (this.#options.serves === "loss") return;
      publishWeights(this.#shared);
      for (const thread of this.#threads) thread.post({ replica: "next" });
    }
  }

  /** Terminates all threads, whatever they are doing. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #createThreads(): readonly ReplicaThread[] {
    const { count, worker: create } = this.#options;
    for (let index = 0; index < count; index++) {
      const worker: unknown = create(index);
      if (!isWorker(worker)) throw wrongKind("fit", "what worker returns", "a Worker", worker);
      this.#threads.push(new ReplicaThread(worker, index, count));
    }
    return this.#threads;
  }

  /** The shard of a replica, and the memory that goes with it. */
  #messageFor(
    index: number,
    batch: Batch,
    factor: number,
    seed: number,
  ): { message: ToReplica; transfer: ArrayBuffer[] } {
    const shard = shardOf(batch, index, this.#threads.length, this.#options.divide);
    const transfer: ArrayBuffer[] = [];
    const content = shard && { ...shard, content: encodeBatch(shard.content, transfer) };
    return { message: { replica: "batch", shard: content, factor, seed }, transfer };
  }

  /** A seed for each replica. */
  #seeds(): number[] {
    this.#preview.setState(defaultGenerator().getState());
    return this.#threads.map(() => this.#preview.uint32());
  }
}

/** Σ_r w_r L_r / Σ_r w_r over the replicas that had something to compute. */
function meanOf(parts: readonly Done[]): number {
  let [sum, weights] = [0, 0];
  for (const { loss, weight } of parts) {
    if (loss === null) continue;
    sum += loss * weight;
    weights += weight;
  }
  return sum / weights;
}

function isWorker(value: unknown): value is WorkerLike {
  const { postMessage, terminate } = Object(value);
  return typeof postMessage === "function" && typeof terminate === "function";
}
