import { checkFunction, wrongKind } from "../check.ts";
import type { Checkpoint, CheckpointStore } from "../fit/checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./codec.ts";

/**
 * The part of a `File` or `Blob` that is used here.
 *
 * @public
 */
export interface FileLike {
  /** Its bytes. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What is used of the browser: packages are compiled without the DOM's types. */
interface Page {
  readonly document?: {
    createElement(name: "a"): { href: string; download: string; click(): void };
  };
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(address: string): void };
  readonly Blob: new (parts: readonly Uint8Array[]) => object;
  readonly setTimeout: (callback: () => void, delay: number) => unknown;
}

/** Milliseconds that a browser has to begin with a download before its address is taken back. */
const BEGINS_WITHIN = 60_000;

/**
 * Downloads the newest checkpoint of a store: the visitor of a page gets it as a file.
 *
 * @remarks
 * The file is what {@link encodeCheckpoint} writes. {@link uploadCheckpoint} puts it into a store again, here or in another
 * browser; in Node, Bun and Deno `decodeCheckpoint` reads it.
 *
 * @param store - where the checkpoints are kept
 * @param name - name of the file; default `checkpoint-<step>.safetensors`
 * @returns the checkpoint; `null`, and nothing happens, if there is none
 * @throws TypeError if `store` is no store, or `name` no text.
 * @throws Error where there is no page, such as in a worker.
 *
 * @example
 * ```ts
 * import { BrowserCheckpoints, downloadCheckpoint, uploadCheckpoint } from "@rnn/train/checkpoints";
 *
 * const store = new BrowserCheckpoints("names by language");
 * const listeners = {
 *   click: () => downloadCheckpoint(store), // of a button
 *   change: (event: { target: { files: File[] } }) => uploadCheckpoint(store, event.target.files[0]!), // <input type="file">
 * };
 * Object.keys(listeners); // => ["click", "change"]
 * ```
 *
 * @public
 */
export async function downloadCheckpoint(store: CheckpointStore, name?: string): Promise<Checkpoint | null> {
  const where = "downloadCheckpoint";
  checkFunction(where, "store.load", Object(store).load);
  if (name !== undefined && typeof name !== "string") throw wrongKind(where, "name", "a text", name);
  const { document, URL, Blob, setTimeout } = globalThis as unknown as Page;
  if (document === undefined) throw new Error(`${where}: there is no document here; it needs a page`);
  const checkpoint = await store.load();
  if (checkpoint === null) return null;
  const address = URL.createObjectURL(new Blob([encodeCheckpoint(checkpoint)]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name ?? `checkpoint-${checkpoint.step}.safetensors`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), BEGINS_WITHIN);
  return checkpoint;
}

/**
 * Puts the checkpoint of a file into a store, as its newest one: the next training with this store continues from it.
 *
 * @remarks
 * The file may come from anyone: it is checked before anything is kept. Whether it fits the training is checked when `fit`
 * continues from it.
 *
 * @param store - where the checkpoints are kept
 * @param file - a `File` or `Blob`, such as the visitor chose in an `<input type="file">`
 * @returns the checkpoint
 * @throws TypeError if `store` is no store or `file` no file.
 * @throws {@link @rnn/nn#SafetensorsError}, TypeError or RangeError if the file is no checkpoint.
 *
 * @example
 * ```ts
 * import { encodeCheckpoint, uploadCheckpoint } from "@rnn/train/checkpoints";
 *
 * const kept: unknown[] = [];
 * const store = { save: (checkpoint: unknown) => void kept.push(checkpoint), load: () => null };
 * const file = new Blob([encodeCheckpoint({ step: 10, epoch: 1, state: {}, tensors: new Map() })]);
 * (await uploadCheckpoint(store, file)).step; // => 10
 * kept.length; // => 1
 * ```
 *
 * @public
 */
export async function uploadCheckpoint(store: CheckpointStore, file: FileLike): Promise<Checkpoint> {
  const where = "uploadCheckpoint";
  checkFunction(where, "store.save", Object(store).save);
  if (typeof Object(file).arrayBuffer !== "function") throw wrongKind(where, "file", "a File or Blob", file);
  const checkpoint = decodeCheckpoint(await file.arrayBuffer());
  await store.save(checkpoint);
  return checkpoint;
}
