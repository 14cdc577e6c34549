import type { Checkpoint, CheckpointStore } from "@rnn/train";
import { FileCheckpoints } from "@rnn/train/checkpoints";
import { InputError, systemReason } from "../../errors.ts";
import { differences, type Settings } from "./settings.ts";

/**
 * Checkpoints in a folder that the user named. Each remembers the settings of its training, and goes on with no others.
 *
 * One is written in two steps, so that the log of epochs can be written in between and is never behind the checkpoints.
 */
export class CheckpointFolder implements CheckpointStore {
  readonly #folder: string;
  readonly #settings: Settings;
  readonly #files: FileCheckpoints;
  #saved: Checkpoint | null = null;
  #epochs = 0;

  constructor(folder: string, settings: Settings) {
    this.#folder = folder;
    this.#settings = settings;
    this.#files = new FileCheckpoints(folder);
  }

  /** Takes a checkpoint, which {@link write} puts on the disk. */
  save(checkpoint: Checkpoint): void {
    this.#saved = checkpoint;
  }

  /**
   * Writes the checkpoint that was saved last, if it is not there yet.
   *
   * @throws {@link InputError} if it cannot be written.
   */
  async write(): Promise<void> {
    const checkpoint = this.#saved;
    if (checkpoint === null) return;
    this.#saved = null;
    const state = { ...checkpoint.state, settings: this.#settings };
    try {
      await this.#files.save({ ...checkpoint, state });
    } catch (error) {
      throw new InputError(`--checkpoints ${this.#folder}: ${systemReason(error)}`);
    }
  }

  /**
   * The newest checkpoint.
   *
   * @throws {@link InputError} if it is of another training, or none can be read.
   */
  async load(): Promise<Checkpoint | null> {
    const checkpoint = await this.#read();
    if (checkpoint === null) return null;
    const { settings, ...state } = checkpoint.state;
    if (typeof settings !== "object" || settings === null) {
      throw new InputError(`${this.#folder}: has checkpoints of another program; give another --checkpoints`);
    }
    const found = differences(settings as Settings, this.#settings);
    if (found.length > 0) {
      throw new InputError(
        `${this.#folder}: the training there was begun with ${found.join(", ")}; go on with the same, or give another --checkpoints`,
      );
    }
    this.#epochs = checkpoint.epoch;
    return { ...checkpoint, state };
  }

  /** Epochs that were complete in the checkpoint that was loaded last. */
  get epochs(): number {
    return this.#epochs;
  }

  get passedOver(): string | null {
    return this.#files.passedOver;
  }

  async #read(): Promise<Checkpoint | null> {
    try {
      return await this.#files.load();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const why =
        code === undefined
          ? "all checkpoints there are damaged; remove them, or give another --checkpoints"
          : systemReason(error);
      throw new InputError(`${this.#folder}: ${why}`);
    }
  }
}
