/** What is used of the platform, all of it optional: packages are compiled without DOM or Node types. */
interface Platform {
  readonly performance?: { now(): number };
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel?: new () => {
    readonly port1: { onmessage: (() => void) | null; close(): void };
    readonly port2: { postMessage(message: null): void };
  };
  readonly setTimeout?: (callback: () => void, delay: number) => unknown;
  readonly clearTimeout?: (timer: unknown) => void;
}

/** Milliseconds, on a clock that never goes back where there is one. */
export function now(): number {
  const { performance } = globalThis as unknown as Platform;
  return performance ? performance.now() : Date.now();
}

/** Resolves after some milliseconds, or at the next turn of the event loop where there are no timers. */
export function sleep(milliseconds: number): Promise<void> {
  const { setTimeout } = globalThis as unknown as Platform;
  return setTimeout ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : nextTask();
}

/** Resolves after the event loop's other tasks (input, painting, timers, messages) have had their turn. */
export function nextTask(): Promise<void> {
  const { setImmediate, MessageChannel, setTimeout } = globalThis as unknown as Platform;
  return new Promise((resolve) => {
    if (setImmediate) {
      setImmediate(resolve);
    } else if (MessageChannel) {
      // browsers delay nested timers by 4 ms, but not messages
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    } else if (setTimeout) {
      setTimeout(resolve, 0);
    } else {
      resolve();
    }
  });
}

/** Calls back after some milliseconds unless it is cancelled with the function it returns. */
export function after(delay: number, callback: () => void): () => void {
  const { setTimeout, clearTimeout } = globalThis as unknown as Platform;
  const timer = setTimeout?.(callback, delay);
  return () => clearTimeout?.(timer);
}
