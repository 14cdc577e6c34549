import { checkInteger, checkOptions, wrongKind } from "../check.ts";
import type { Checkpoint, CheckpointStore } from "../fit/checkpoint.ts";
import { encodeCheckpoint } from "./codec.ts";
import { newestWhole } from "./newest-whole.ts";
import { type NodeFiles, nodeFiles } from "./node-files.ts";
import { STORE, type StoreOptions } from "./store-options.ts";

const COMPLETE = /^(\d+)-step-\d+\.safetensors$/;
const UNFINISHED = /^\d+-step-\d+\.safetensors\.part$/;

/**
 * Keeps the last few checkpoints of a training in a folder, each as one file. In Node, Bun and Deno.
 *
 * @remarks
 * A file is written under another name, flushed to the disk and renamed: whenever the process or the machine dies, there is
 * a whole checkpoint, the new one or the one before. What a dead process left half written is removed by the next
 * save. Only one training at a time may write into a folder.
 *
 * @throws TypeError if `folder` is not a text, or for an unknown option.
 * @throws RangeError if `keep` is not a whole number of at least 1.
 * @throws Error where there is no file system.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { Linear, mseLoss } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { fit, SGD, tensorBatches } from "@rnn/train";
 * import { FileCheckpoints } from "@rnn/train/checkpoints";
 *
 * const store = new FileCheckpoints(mkdtempSync(join(tmpdir(), "training-")));
 * const done: number[] = [];
 * for (const epochs of [5, 20]) {
 *   const model = new Linear({ inFeatures: 1, outFeatures: 1 }); // as if the program had been started again
 *   for await (const event of fit(model, tensorBatches(tensor([[0], [1]]), tensor([[1], [3]]), { batchSize: 1 }), {
 *     optimizer: new SGD(model.parameters()),
 *     epochs,
 *     loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
 *     checkpoints: { store, everySteps: 3 },
 *   })) {
 *     if (event.type === "start") done.push(event.steps);
 *   }
 * }
 * done; // => [0, 10]
 * ```
 *
 * @public
 */
export class FileCheckpoints implements CheckpointStore {
  readonly #folder: string;
  readonly #keep: number;
  readonly #files: NodeFiles;
  #passedOver: string | null = null;

  constructor(folder: string, options: StoreOptions = {}) {
    const where = "FileCheckpoints";
    if (typeof folder !== "string") throw wrongKind(where, "folder", "a path", folder);
    checkOptions(where, options, STORE);
    const { keep = 3 } = options;
    checkInteger(where, "keep", keep, 1);
    this.#folder = folder;
    this.#keep = keep;
    this.#files = nodeFiles(where);
  }

  /** Writes a checkpoint, and removes those that are too old. */
  async save(checkpoint: Checkpoint): Promise<void> {
    const bytes = encodeCheckpoint(checkpoint); // before anything is awaited
    await this.#files.mkdir(this.#folder, { recursive: true });
    const [newest = ""] = await this.#complete();
    const number = Number.parseInt(newest || "0", 10) + 1;
    const name = `${String(number).padStart(6, "0")}-step-${checkpoint.step}.safetensors`;
    const part = this.#path(`${name}.part`);
    await this.#write(part, bytes);
    await this.#files.rename(part, this.#path(name));
    await this.#syncFolder();
    await this.#clear();
  }

  /**
   * The newest checkpoint that is whole; `null` if there is none.
   *
   * @throws Error if there are checkpoints, but none can be read.
   */
  async load(): Promise<Checkpoint | null> {
    this.#passedOver = null;
    const { checkpoint, passedOver } = await newestWhole(
      "FileCheckpoints.load",
      this.#folder,
      await this.#complete(),
      (name) => this.#files.readFile(this.#path(name)),
      (name) => `${name}: `,
    );
    this.#passedOver = passedOver;
    return checkpoint;
  }

  /** The newest file if the last `load` skipped it because it is not whole, and why; otherwise `null`. */
  get passedOver(): string | null {
    return this.#passedOver;
  }

  /** Names of the files that were renamed, newest first. */
  async #complete(): Promise<string[]> {
    const names = (await this.#names()).filter((name) => COMPLETE.test(name));
    return names.sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
  }

  async #names(): Promise<string[]> {
    try {
      return await this.#files.readdir(this.#folder);
    } catch (error) {
      if ((error as { code?: string }).code === "ENOENT") return [];
      throw error;
    }
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const file = await this.#files.open(path, "w");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Flushes the new name; systems that cannot do that for folders, such as Windows, do not need it. */
  async #syncFolder(): Promise<void> {
    try {
      const folder = await this.#files.open(this.#folder, "r");
      await folder.sync().finally(() => folder.close());
    } catch {
      // the file itself is safe
    }
  }

  /** Removes old checkpoints, and what was left half written. */
  async #clear(): Promise<void> {
    const old = (await this.#complete()).slice(this.#keep);
    const unfinished = (await this.#names()).filter((name) => UNFINISHED.test(name));
    for (const name of [...old, ...unfinished]) await this.#files.rm(this.#path(name), { force: true });
  }

  #path(name: string): string {
    return `${this.#folder}/${name}`;
  }
}
