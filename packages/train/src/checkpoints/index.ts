/**
 * Where checkpoints of `fit` are kept, and what their files look like.
 *
 * @packageDocumentation
 */

export type { Checkpoint, CheckpointStore } from "../fit/checkpoint.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./codec.ts";
export { FileCheckpoints, type StoreOptions } from "./file-checkpoints.ts";
