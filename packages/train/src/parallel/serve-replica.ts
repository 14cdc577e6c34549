import { Module } from "@rnn/nn";
import { checkFunction, checkOptions, type OptionNames, wrongKind } from "../check.ts";
import { asMessage, type FromReplica, type ToReplica } from "./messages.ts";
import { Replica } from "./replica.ts";
import type { ReplicaOptions } from "./replica-options.ts";
import { messageOf } from "./worker-like.ts";
import { workerPort } from "./worker-port.ts";

const OPTIONS: OptionNames<ReplicaOptions<unknown>> = { model: true, loss: true, chunks: true };

/**
 * Called in a worker, makes it a replica: it computes gradients for a {@link fit} with `parallel`, which runs in another thread.
 *
 * A batch of N samples is divided into one shard for each replica. Replica r computes the mean loss L_r of its N_r samples
 * and the gradient g_r; training continues with L = Σ_r (N_r / N) L_r and g = Σ_r (N_r / N) g_r. These are loss and gradient
 * of the whole batch, so the result is that of one thread up to the order of summation, and always the same for a number
 * of replicas.
 *
 * @remarks
 * Everything else, from clipping to validation, stays in the thread of `fit`, whose event loop is free while the replicas
 * compute. Weights, buffers, gradients and what is frozen are exchanged through shared memory before and after every
 * step (before and after every chunk, with `chunks`); only the shards are sent. The exchange takes a tenth or two of a
 * millisecond and about a nanosecond per parameter: steps of some milliseconds gain, tiny ones lose.
 *
 * - A replica always gets the same rows of a batch, so state that `loss` or `chunks` carries from batch to batch stays with
 *   its lanes. Checkpoints do not have it.
 * - Random numbers, such as those of dropout, come from the default generator, which is seeded again for every batch and
 *   differently in every replica, from the one in the thread of `fit`. A generator of your own would draw the same numbers
 *   in every replica.
 * - Buffers that `forward` changes are taken over from the first replica.
 * - A mean over anything but samples, such as tokens without padding, needs `weight`.
 *
 * `fit` ends the threads when the training is over, whatever ends it. An error here ends the training, and names the replica.
 * Where a page has no `SharedArrayBuffer`, training continues in one thread and says so in an event of type `"notice"`.
 *
 * @throws TypeError for an option of another kind, or unless there is exactly one of `loss` and `chunks`.
 * @throws Error outside of a worker.
 *
 * @example
 * What all threads import:
 * ```ts network.ts
 * import { Linear, mseLoss } from "@rnn/nn";
 * import type { TensorBatch } from "@rnn/train";
 *
 * export const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 * export const loss = ({ inputs, targets }: TensorBatch) => mseLoss(model.forward(inputs), targets);
 * ```
 * What the workers run:
 * ```ts replica.ts
 * import { serveReplica } from "@rnn/train";
 * import { loss, model } from "./network.ts";
 *
 * serveReplica({ model, loss });
 * ```
 * The training; in browsers, `Worker` needs no import, but `{ type: "module" }` after the address:
 * ```ts train.ts
 * import { Worker } from "node:worker_threads";
 * import { tensor } from "@rnn/tensor";
 * import { fit, SGD, tensorBatches } from "@rnn/train";
 * import { loss, model } from "./network.ts";
 *
 * const data = tensorBatches(tensor([[0], [1], [2]]), tensor([[0.5], [2.5], [4.5]]), { batchSize: 3 });
 * for await (const event of fit(model, data, {
 *   optimizer: new SGD(model.parameters(), { learningRate: 0.3 }),
 *   epochs: 100,
 *   loss,
 *   parallel: 2,
 *   worker: () => new Worker(new URL("./replica.js", import.meta.url)),
 * })) {
 *   if (event.type === "end") console.log(event.reason); // completed
 * }
 * console.log(model.forward(tensor([[10]])).item().toFixed(2)); // 20.50
 * ```
 *
 * @public
 */
export function serveReplica<Batch>(options: ReplicaOptions<Batch>): void {
  const where = "serveReplica";
  checkOptions(where, options, OPTIONS);
  const { model, loss, chunks } = options;
  if (!(model instanceof Module)) throw wrongKind(where, "model", "a Module", model);
  if (loss !== undefined) checkFunction(where, "loss", loss);
  if (chunks !== undefined) checkFunction(where, "chunks", chunks);
  if ((loss === undefined) === (chunks === undefined)) {
    throw new TypeError(
      `${where}: got ${loss === undefined ? "neither loss nor" : "both loss and"} chunks; pass one of them`,
    );
  }
  const port = workerPort();
  if (port === null) {
    throw new Error(`${where}: this is not a worker; call it in the module that fit's option worker starts`);
  }
  const post = (message: FromReplica): void => port.post(message);
  const replica = new Replica(options);
  port.listen((data) => {
    const message = asMessage<ToReplica>(data);
    if (message === null) return;
    try {
      post(replica.answer(message));
    } catch (error) {
      const stack = error instanceof Error ? error.stack : undefined;
      post({ replica: "failed", message: messageOf(error), stack });
    }
  });
  post({ replica: "waiting" });
}
