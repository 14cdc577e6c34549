/**
 * Where checkpoints of `fit` are kept, and what their files look like.
 *
 * @packageDocumentation
 */

export type { Checkpoint, CheckpointStore } from "../fit/checkpoint.ts";
export { BrowserCheckpoints } from "./browser-checkpoints.ts";
export { downloadCheckpoint, type FileLike, uploadCheckpoint } from "./checkpoint-files.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./codec.ts";
export { FileCheckpoints } from "./file-checkpoints.ts";
export type { StoreOptions } from "./store-options.ts";
