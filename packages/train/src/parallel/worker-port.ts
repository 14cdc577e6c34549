/** The way from a worker to the thread that started it. */
export interface WorkerPort {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

/** What is used of the platform: packages are compiled without DOM or Node types. */
interface Platform {
  readonly process?: {
    getBuiltinModule?(name: string): { readonly parentPort?: NodePort | null } | undefined;
  };
  readonly WorkerGlobalScope?: new () => object;
  postMessage(message: unknown): void;
  addEventListener(event: "message", listener: (event: { readonly data: unknown }) => void): void;
}

interface NodePort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): void;
}

/** The port of the worker that this code runs in; `null` outside of one. */
export function workerPort(): WorkerPort | null {
  const platform = globalThis as unknown as Platform;
  // not an import, which bundlers for the browser would follow
  const port = platform.process?.getBuiltinModule?.("node:worker_threads")?.parentPort;
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on("message", listener),
    };
  }
  const { WorkerGlobalScope } = platform;
  if (WorkerGlobalScope === undefined || !(globalThis instanceof WorkerGlobalScope)) return null;
  return {
    post: (message) => platform.postMessage(message),
    listen: (listener) => platform.addEventListener("message", ({ data }) => listener(data)),
  };
}
