import { checkInteger, checkOptions, wrongKind } from "../check.ts";
import type { Checkpoint, CheckpointStore } from "../fit/checkpoint.ts";
import { encodeCheckpoint } from "./codec.ts";
import { committed, done, openDatabase } from "./indexed-db.ts";
import { newestWhole } from "./newest-whole.ts";
import { STORE, type StoreOptions } from "./store-options.ts";

/** Name of the store within the database. */
const CHECKPOINTS = "checkpoints";

/**
 * Keeps the last few checkpoints of a training in the browser, in IndexedDB. In pages and workers.
 *
 * @remarks
 * A checkpoint is added and old ones are removed in one transaction with strict durability: whenever the tab or the browser is
 * closed, there is a whole one. The browser may delete what it keeps when space runs out, unless the page was granted
 * persistent storage (`navigator.storage.persist()`). {@link downloadCheckpoint} and {@link uploadCheckpoint} carry a training
 * elsewhere, as a file.
 *
 * @throws TypeError if `name` is not a text, or for an unknown option.
 * @throws RangeError if `keep` is not a whole number of at least 1.
 * @throws Error from `save` and `load` where there is no IndexedDB.
 *
 * @example
 * ```ts
 * import { BrowserCheckpoints } from "@rnn/train/checkpoints";
 *
 * const store = new BrowserCheckpoints("names by language", { keep: 2 });
 * const options = { checkpoints: { store, everySteps: 200 } }; // for fit
 * options.checkpoints.everySteps; // => 200
 * ```
 *
 * @public
 */
export class BrowserCheckpoints implements CheckpointStore {
  readonly #name: string;
  readonly #keep: number;
  #passedOver: string | null = null;

  /**
   * @param name - name of the training: each has checkpoints of its own
   * @param options - how many to keep
   */
  constructor(name: string, options: StoreOptions = {}) {
    const where = "BrowserCheckpoints";
    if (typeof name !== "string") throw wrongKind(where, "name", "a text", name);
    checkOptions(where, options, STORE);
    const { keep = 3 } = options;
    checkInteger(where, "keep", keep, 1);
    this.#name = `rnn-checkpoints: ${name}`;
    this.#keep = keep;
  }

  /** Adds a checkpoint, and removes those that are too old. */
  async save(checkpoint: Checkpoint): Promise<void> {
    const bytes = encodeCheckpoint(checkpoint); // before anything is awaited
    const database = await openDatabase("BrowserCheckpoints.save", this.#name, CHECKPOINTS);
    try {
      const transaction = database.transaction(CHECKPOINTS, "readwrite", { durability: "strict" });
      const end = committed(transaction);
      const store = transaction.objectStore(CHECKPOINTS);
      store.add(bytes);
      const keys = await done(store.getAllKeys());
      for (const key of keys.slice(0, -this.#keep)) store.delete(key);
      await end;
    } finally {
      database.close();
    }
  }

  /** Why the last `load` skipped the newest checkpoint; `null` if it did not. */
  get passedOver(): string | null {
    return this.#passedOver;
  }

  /**
   * The newest checkpoint that is whole; `null` if there is none.
   *
   * @throws Error if there are checkpoints, but none can be read.
   */
  async load(): Promise<Checkpoint | null> {
    const where = "BrowserCheckpoints.load";
    const database = await openDatabase(where, this.#name, CHECKPOINTS);
    try {
      const store = database.transaction(CHECKPOINTS, "readonly").objectStore(CHECKPOINTS);
      const newestFirst = (await done(store.getAllKeys())).reverse();
      this.#passedOver = null;
      const { checkpoint, passedOver } = await newestWhole(where, this.#name, newestFirst, async (key) => {
        return (await done(store.get(key))) as Uint8Array;
      });
      this.#passedOver = passedOver;
      return checkpoint;
    } finally {
      database.close();
    }
  }
}
