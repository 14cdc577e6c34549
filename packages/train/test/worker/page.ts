import { Linear } from "@rnn/nn";
import type { TrainEvent } from "@rnn/train";
import { trainInWorker } from "@rnn/train/worker";
import type { Settings } from "./training.ts";

/** What the page can be asked for. */
export interface Page {
  /** Trains in a worker that runs `module`. */
  trainOn?: (
    settings: Settings,
    module?: string,
  ) => Promise<{ events: TrainEvent<string>[]; weight: number }>;
}

/** What is used of the browser. */
export interface Browser {
  readonly Worker: new (
    address: URL,
    options: { type: "module" },
  ) => { postMessage(message: unknown, transfer: ArrayBuffer[]): void; terminate(): void };
}

(globalThis as Page).trainOn = async (settings, module = "module.js") => {
  const { Worker } = globalThis as unknown as Browser;
  const model = new Linear({ inFeatures: 1, outFeatures: 1 });
  const events: TrainEvent<string>[] = [];
  const start = () => new Worker(new URL(module, import.meta.url), { type: "module" });
  for await (const event of trainInWorker(start, { settings, model })) events.push(event);
  return { events, weight: model.weight.item() };
};
