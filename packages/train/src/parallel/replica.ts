import type { Module } from "@rnn/nn";
import { defaultGenerator, manualSeed } from "@rnn/tensor";
import { checkNumber } from "../check.ts";
import { lossOf } from "../fit/metrics.ts";
import { iterable } from "../fit/updater.ts";
import { Barrier } from "./barrier.ts";
import { decodeBatch } from "./batch-message.ts";
import type { FromReplica, ToReplica } from "./messages.ts";
import type { ReplicaOptions, ShardLoss } from "./replica-options.ts";
import { exchangeGradients, fetchWeights } from "./replica-side.ts";
import { specsOf, type TensorSpec } from "./shared-memory.ts";
import { SharedModel } from "./shared-model.ts";

const WHERE = "serveReplica";

/** Loss of a shard or of a chunk of it, whose gradients are in the parameters. */
interface Part {
  readonly loss: number;
  readonly weight?: number | undefined;
}

/** A model in a thread of its own, which computes gradients on demand. */
export class Replica<Batch> {
  readonly #options: ReplicaOptions<Batch>;
  #shared: SharedModel | null = null;
  #barrier: Barrier | null = null;
  #index = 0;
  #parts: Iterator<Part> | null = null;
  #shardWeight = 0;
  #factor = 1;

  constructor(options: ReplicaOptions<Batch>) {
    this.#options = options;
  }

  /** Does what a message asks for. */
  answer(message: ToReplica): FromReplica {
    if (message.replica === "start") return this.#start(message);
    if (message.replica === "batch") {
      const { shard, factor, seed } = message;
      manualSeed(seed);
      this.#factor = factor;
      this.#parts = shard && this.#partsOf(decodeBatch(shard.content) as Batch);
      this.#shardWeight = shard?.weight ?? 0;
    }
    return this.#step();
  }

  #start({ index, memory, specs }: ToReplica & { replica: "start" }): FromReplica {
    const { model, chunks } = this.#options;
    checkSame(model, specs);
    this.#index = index;
    this.#shared = new SharedModel(model, memory);
    this.#barrier = new Barrier(memory.barrier, memory.gradients.length);
    model.train();
    return { replica: "ready", serves: chunks === undefined ? "loss" : "chunks" };
  }

  /** Computes gradients once, and exchanges them with the other replicas. */
  #step(): FromReplica {
    const shared = this.#shared!;
    const before = positionOfGenerator();
    fetchWeights(shared);
    this.#options.model.zeroGrad();
    const turn = this.#parts?.next();
    const part = turn === undefined || turn.done ? null : turn.value;
    const weight = part === null ? 0 : (part.weight ?? this.#shardWeight);
    checkNumber(WHERE, "weight", weight, { min: 0 });
    exchangeGradients(shared, this.#barrier!, this.#index, weight, this.#factor);
    return { replica: "done", loss: part?.loss ?? null, weight, drew: positionOfGenerator() !== before };
  }

  #partsOf(shard: Batch): Iterator<Part> {
    const { loss, chunks } = this.#options;
    return chunks === undefined
      ? whole(() => loss!(shard))
      : iterable(WHERE, chunks(shard))[Symbol.iterator]();
  }
}

/** A shard as one part. */
function* whole(compute: () => ShardLoss): Generator<Part, void, undefined> {
  const result = compute();
  const loss = lossOf(WHERE, result, "a Variable or { loss, weight }");
  loss.backward();
  yield { loss: loss.item(), weight: "weight" in result ? result.weight : undefined };
}

/** Changes whenever the default generator gives a number. */
function positionOfGenerator(): string {
  const { words, position, nextNormal } = defaultGenerator().getState();
  return [words[0], position, nextNormal].join();
}

/** Throws unless the model has the parameters and buffers of the one that is trained. */
function checkSame(model: Module, expected: readonly TensorSpec[]): void {
  const specs = specsOf(model);
  for (let i = 0; i < Math.max(specs.length, expected.length); i++) {
    const [here, there] = [specs[i], expected[i]].map(print);
    if (here !== there) {
      throw new Error(`${WHERE}: the model has ${here} where the one that is trained has ${there}`);
    }
  }
}

function print(spec: TensorSpec | undefined): string {
  return spec === undefined ? "nothing more" : `"${spec.name}" ${spec.dtype} [${spec.shape.join(",")}]`;
}
