import { loadSafetensors, Module } from "@rnn/nn";
import { checkFunction, checkOptions, type OptionNames, wrongKind } from "../check.ts";
import type { TrainEvent } from "../fit/events.ts";
import type { PauseLike } from "../fit/pacer.ts";
import { sleep } from "../fit/platform.ts";
import type { AbortSignalLike } from "../fit/source.ts";
import { errorOfThread, listenTo, type WorkerLike } from "../parallel/worker-like.ts";
import { asMessage, type FromTraining, type ToTraining } from "./messages.ts";

/**
 * Options of {@link trainInWorker}.
 *
 * @public
 */
export interface TrainInWorkerOptions<Settings> {
  /** What `serveTraining` passes to the function that begins the training: anything that can be posted to a worker. */
  settings?: Settings | undefined;
  /** Receives the weights at the end: a model of the same structure as the one in the worker. */
  model?: Module | undefined;
  /** Stops the training. */
  signal?: AbortSignalLike | undefined;
  /** Pauses the training while its field `paused` is true. */
  pause?: PauseLike | undefined;
}

const OPTIONS: OptionNames<TrainInWorkerOptions<unknown>> = {
  settings: true,
  model: true,
  signal: true,
  pause: true,
};

/** How often `signal` and `pause` are checked, in milliseconds. */
const LOOK_AGAIN = 20;

/**
 * Trains in a worker: yields the events of the `fit` that runs there, and puts the learned weights into a model here.
 *
 * @remarks
 * The worker's module calls {@link serveTraining}, which has an example. Leaving the loop ends the worker. The weights are
 * there after the last event, once the loop is over.
 *
 * @param start - starts the worker, of a browser or of `node:worker_threads`
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws Error with the message of what went wrong in the worker; the `stack` of its `cause` is the one in the worker.
 *
 * @public
 */
export async function* trainInWorker<Settings>(
  start: () => WorkerLike,
  options: TrainInWorkerOptions<Settings> = {},
): AsyncGenerator<TrainEvent<string>, void, undefined> {
  const where = "trainInWorker";
  checkFunction(where, "start", start, "pass a function that starts the worker");
  checkOptions(where, options, OPTIONS);
  const { settings, model, signal, pause } = options;
  if (model !== undefined && !(model instanceof Module)) throw wrongKind(where, "model", "a Module", model);
  const worker = start();
  const inbox = new Inbox(worker);
  const post = (message: ToTraining): void => worker.postMessage(message, []);
  let told = { aborted: false, paused: false };
  try {
    for (;;) {
      const now = { aborted: signal?.aborted ?? false, paused: pause?.paused ?? false };
      if (now.aborted !== told.aborted || now.paused !== told.paused) {
        post({ training: "control", ...now });
        told = now;
      }
      const message = await inbox.next(LOOK_AGAIN);
      if (message === null) continue;
      if (message.training === "waiting") {
        post({ training: "start", settings });
      } else if (message.training === "event") {
        yield message.event;
      } else if (message.training === "done") {
        if (model !== undefined) loadSafetensors(message.weights, model);
        return;
      } else {
        const { message: what, stack } = message;
        throw new Error(what, { cause: errorOfThread(what, stack) });
      }
    }
  } finally {
    worker.terminate();
  }
}

/** The messages of a worker, in their order; a failure is one. */
class Inbox {
  readonly #messages: FromTraining[] = [];
  #wake: () => void = () => {};

  constructor(worker: WorkerLike) {
    const fail = (message: string) => this.#add({ training: "failed", message, stack: undefined });
    listenTo(worker, {
      message: (data) => {
        const message = asMessage<FromTraining>(data);
        if (message !== null) this.#add(message);
      },
      failed: (what) => fail(`trainInWorker: ${what}`),
      ended: () => fail("trainInWorker: the worker ended before the training"),
    });
  }

  /** The next message; `null` if there is none for some milliseconds. */
  async next(milliseconds: number): Promise<FromTraining | null> {
    if (this.#messages.length === 0) {
      const arrival = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([arrival, sleep(milliseconds)]);
    }
    return this.#messages.shift() ?? null;
  }

  #add(message: FromTraining): void {
    this.#messages.push(message);
    this.#wake();
  }
}
