/**
 * Training in a worker, with the same events as here.
 *
 * @packageDocumentation
 */

export { type ServedTraining, serveTraining, type TrainingControls } from "./serve-training.ts";
export { type TrainInWorkerOptions, trainInWorker } from "./train-in-worker.ts";
