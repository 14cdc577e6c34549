import type { FromWorker, ToWorker } from "./messages.ts";

/** The part of a dedicated worker's global scope that training uses. */
interface WorkerScope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** This worker's global scope. The page's own types describe a window, which a worker does not have. */
export const scope: WorkerScope = globalThis as unknown as WorkerScope;
