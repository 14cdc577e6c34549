/**
 * The part of a `Worker` that is used here: both that of browsers and that of `node:worker_threads` have it.
 *
 * @public
 */
export interface WorkerLike {
  /** Sends a message to the thread. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Ends the thread. */
  terminate(): unknown;
}

/** Callbacks for what happens in a worker. */
export interface WorkerListener {
  message(data: unknown): void;
  /** There was an error that nobody caught. */
  failed(what: string, cause?: unknown): void;
  /** The thread is gone. */
  ended(code: number): void;
}

/** Node: an event emitter. */
interface EmittingWorker {
  on(event: "message" | "error" | "messageerror", listener: (value: unknown) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  ref(): void;
  unref(): void;
}

/** Browsers, Deno, Bun: an event target. */
interface TargetWorker {
  addEventListener(event: string, listener: (event: TargetEvent) => void): void;
}

interface TargetEvent {
  readonly data?: unknown;
  readonly message?: string;
  preventDefault?(): void;
}

/** Reports messages and the end of a worker of either kind. */
export function listenTo(worker: WorkerLike, listener: WorkerListener): void {
  if (isEmitting(worker)) {
    worker.on("message", (data) => listener.message(data));
    worker.on("error", (error) => listener.failed(messageOf(error), error));
    worker.on("messageerror", (error) => listener.failed("sent a message that cannot be read", error));
    worker.on("exit", (code) => listener.ended(code));
    return;
  }
  const target = worker as unknown as TargetWorker;
  target.addEventListener("message", ({ data }) => listener.message(data));
  target.addEventListener("error", (event) => {
    event.preventDefault?.(); // Deno would end the program
    listener.failed(event.message || "its module could not be run");
  });
  target.addEventListener("messageerror", () => listener.failed("sent a message that cannot be read"));
}

/** Sets whether the process stays alive for this thread, in Node: a training that nobody iterates must not keep it alive. */
export function keepAlive(worker: WorkerLike, isAwaited: boolean): void {
  if (!isEmitting(worker)) return;
  if (isAwaited) worker.ref();
  else worker.unref();
}

/** An error that was thrown in another thread, with the stack that it had there. */
export function errorOfThread(message: string, stack: string | undefined): Error {
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isEmitting(worker: object): worker is EmittingWorker {
  return "on" in worker && "unref" in worker;
}
