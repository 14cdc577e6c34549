// A training in a worker that has replicas in workers of its own; `workerData` is the code of these.
import { Worker, workerData } from "node:worker_threads";
import { serveTraining } from "@rnn/train/worker";
import { type Settings, train } from "./training.ts";

const worker = () => new Worker(workerData, { eval: true });
serveTraining((settings: Settings, controls) => train(settings, { ...controls, parallel: 2, worker }));
