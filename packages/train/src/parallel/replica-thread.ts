import { after } from "../fit/platform.ts";
import { asMessage, type FromReplica, type ToReplica } from "./messages.ts";
import { errorOfThread, keepAlive, listenTo, type WorkerLike } from "./worker-like.ts";

/** Milliseconds within which a module must have called `serveReplica`. */
const START_LIMIT = 60_000;

const TOO_EARLY = " before its module called serveReplica";

/** A kind of answer. */
type Answer<Kind extends FromReplica["replica"]> = Extract<FromReplica, { replica: Kind }>;

/** A replica as the training thread sees it: requests out, one answer to each back, or the error that ended it. */
export class ReplicaThread {
  readonly #worker: WorkerLike;
  /** As errors call it. */
  readonly #name: string;
  readonly #answers: FromReplica[] = [];
  #failure: Error | null = null;
  #hasStarted = false;
  /** Wakes up whoever waits for an answer. */
  #wake: (() => void) | null = null;

  constructor(worker: WorkerLike, index: number, count: number) {
    this.#worker = worker;
    this.#name = `replica ${index + 1} of ${count}`;
    listenTo(worker, {
      message: (data) => this.#take(asMessage<FromReplica>(data)),
      failed: (what, cause) => this.#fail(what, cause),
      ended: (code) =>
        this.#fail(`its thread ended with exit code ${code}${this.#hasStarted ? "" : TOO_EARLY}`),
    });
  }

  post(message: ToReplica, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** Waits until its module has called `serveReplica`. */
  async started(): Promise<void> {
    const cancel = after(START_LIMIT, () =>
      this.#fail(`its module has not called serveReplica within ${START_LIMIT / 1000} s`),
    );
    try {
      await this.answer<"waiting">();
      this.#hasStarted = true;
    } finally {
      cancel();
    }
  }

  /** The next answer; rejects if there will be none. */
  async answer<Kind extends FromReplica["replica"]>(): Promise<Answer<Kind>> {
    keepAlive(this.#worker, true);
    while (this.#answers.length === 0 && this.#failure === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    // no keepAlive(false) for a thread that failed: its end is awaited
    if (this.#failure !== null) throw this.#failure;
    keepAlive(this.#worker, false);
    return this.#answers.shift() as Answer<Kind>;
  }

  /** Terminates the thread, whatever it is doing. */
  async end(): Promise<void> {
    this.#fail("its thread was ended");
    keepAlive(this.#worker, true);
    await this.#worker.terminate();
  }

  #take(message: FromReplica | null): void {
    if (message === null) return;
    if (message.replica === "failed") {
      this.#fail(message.message, errorOfThread(message.message, message.stack));
    } else {
      this.#answers.push(message);
      this.#wake?.();
    }
  }

  /** Keeps the first failure: later ones, such as the end of the thread, are its consequences. */
  #fail(what: string, cause?: unknown): void {
    this.#failure ??= new Error(`fit: ${this.#name}: ${what}`, cause === undefined ? {} : { cause });
    this.#wake?.();
  }
}
