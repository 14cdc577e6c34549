// The same in a browser.
import { serveTraining } from "@rnn/train/worker";
import type { Browser } from "./page.ts";
import { type Settings, train } from "./training.ts";

const { Worker } = globalThis as unknown as Browser;
const worker = () => new Worker(new URL("replica.js", import.meta.url), { type: "module" });
serveTraining((settings: Settings, controls) => train(settings, { ...controls, parallel: 2, worker }));
