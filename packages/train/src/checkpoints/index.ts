/**
 * Where checkpoints of `fit` are kept, and what their files look like; checkpoints of training loops of your own.
 *
 * @packageDocumentation
 */

export type { Checkpoint, CheckpointStore, TensorState } from "../fit/checkpoint.ts";
export type { TrainingParts } from "../fit/training-parts.ts";
export { BrowserCheckpoints } from "./browser-checkpoints.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./codec.ts";
export { downloadCheckpoint, type FileLike, uploadCheckpoint } from "./download-upload.ts";
export { FileCheckpoints } from "./file-checkpoints.ts";
export type { StoreOptions } from "./store-options.ts";
export { captureTraining, restoreTraining, type TrainingCheckpointParts } from "./training-checkpoint.ts";
