import type { Checkpoint, CheckpointStore } from "@rnn/train";
import { FileCheckpoints } from "@rnn/train/checkpoints";
import { reason } from "../../data/read-text.ts";
import { InputError } from "../../errors.ts";
import { differences, type Settings } from "./settings.ts";

/** Checkpoints in a folder that the user named. Each remembers the settings of its training, and goes on with no others. */
export class CheckpointFolder implements CheckpointStore {
  readonly #folder: string;
  readonly #settings: Settings;
  readonly #files: FileCheckpoints;

  constructor(folder: string, settings: Settings) {
    this.#folder = folder;
    this.#settings = settings;
    this.#files = new FileCheckpoints(folder);
  }

  /** @throws {@link InputError} if it cannot be written. */
  async save(checkpoint: Checkpoint): Promise<void> {
    const state = { ...checkpoint.state, settings: this.#settings };
    try {
      await this.#files.save({ ...checkpoint, state });
    } catch (error) {
      throw new InputError(`--checkpoints ${this.#folder}: ${reason(error as NodeJS.ErrnoException)}`);
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
    return { ...checkpoint, state };
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
          : reason(error as NodeJS.ErrnoException);
      throw new InputError(`${this.#folder}: ${why}`);
    }
  }
}
