import { encodeSafetensors, Module } from "@rnn/nn";
import { checkFunction, checkObject, wrongKind } from "../check.ts";
import type { TrainEvent } from "../fit/events.ts";
import type { PauseLike } from "../fit/pacer.ts";
import type { AbortSignalLike } from "../fit/source.ts";
import { messageOf } from "../parallel/worker-like.ts";
import { workerPort } from "../parallel/worker-port.ts";
import { asMessage, type FromTraining, type ToTraining } from "./messages.ts";

/**
 * What {@link serveTraining} passes on to `fit`, so that the other thread can stop or pause it.
 *
 * @public
 */
export interface TrainingControls {
  /** For the option `signal` of `fit`. */
  readonly signal: AbortSignalLike;
  /** For the option `pause` of `fit`. */
  readonly pause: PauseLike;
}

/**
 * What the function passed to {@link serveTraining} returns: a training that is about to run in the worker.
 *
 * @public
 */
export interface ServedTraining {
  /** The model that is trained; its weights are sent back at the end. */
  readonly model: Module;
  /** What `fit` returned. */
  readonly events: AsyncIterable<TrainEvent<string>>;
}

/**
 * Called in a worker, trains there what {@link trainInWorker} asks for in another thread: a page stays responsive however long a
 * step takes.
 *
 * @param begin - makes model and data from the settings that were sent, and calls `fit`
 * @throws TypeError if `begin` is not a function.
 * @throws Error outside of a worker.
 *
 * @example
 * What the worker runs:
 * ```ts training.ts
 * import { Linear, mseLoss } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { fit, SGD, tensorBatches } from "@rnn/train";
 * import { serveTraining } from "@rnn/train/worker";
 *
 * serveTraining((settings: { epochs: number }, controls) => {
 *   const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 *   const data = tensorBatches(tensor([[0], [1], [2]]), tensor([[0.5], [2.5], [4.5]]), { batchSize: 3 });
 *   const events = fit(model, data, {
 *     optimizer: new SGD(model.parameters(), { learningRate: 0.3 }),
 *     loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
 *     ...settings,
 *     ...controls,
 *   });
 *   return { model, events };
 * });
 * ```
 * The thread that follows it; in browsers, `Worker` needs no import, but `{ type: "module" }` after the address:
 * ```ts main.ts
 * import { Worker } from "node:worker_threads";
 * import { Linear } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { trainInWorker } from "@rnn/train/worker";
 *
 * const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 * for await (const event of trainInWorker(() => new Worker(new URL("./training.js", import.meta.url)), {
 *   settings: { epochs: 100 },
 *   model, // gets the weights
 * })) {
 *   if (event.type === "end") console.log(event.message); // completed 100 epochs
 * }
 * console.log(model.forward(tensor([[10]])).item().toFixed(2)); // 20.50
 * ```
 *
 * @public
 */
export function serveTraining<Settings>(
  begin: (settings: Settings, controls: TrainingControls) => ServedTraining | Promise<ServedTraining>,
): void {
  const where = "serveTraining";
  checkFunction(where, "begin", begin);
  const port = workerPort();
  if (port === null) {
    throw new Error(`${where}: this is not a worker; call it in the module that trainInWorker starts`);
  }
  const post = (message: FromTraining): void => port.post(message);
  const signal = { aborted: false };
  const pause = { paused: false };
  const run = async (settings: Settings) => {
    const training = await begin(settings, { signal, pause });
    checkObject(where, "what begin returns", training, "{ model, events }");
    const { model, events } = training;
    if (!(model instanceof Module)) throw wrongKind(where, "model", "a Module", model);
    for await (const event of events) post({ training: "event", event });
    post({ training: "done", weights: encodeSafetensors(model.stateDict()) });
  };
  port.listen((data) => {
    const message = asMessage<ToTraining>(data);
    if (message?.training === "control") {
      signal.aborted ||= message.aborted;
      pause.paused = message.paused;
    } else if (message?.training === "start") {
      run(message.settings as Settings).catch((error: unknown) => {
        const stack = error instanceof Error ? error.stack : undefined;
        post({ training: "failed", message: messageOf(error), stack });
      });
    }
  });
  post({ training: "waiting" });
}
