import { tensor } from "@rnn/tensor";
import type { Checkpoint } from "@rnn/train";
import { BrowserCheckpoints } from "@rnn/train/checkpoints";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

beforeEach(() => vi.stubGlobal("indexedDB", new IDBFactory()));
afterEach(() => vi.unstubAllGlobals());

const checkpoint = (step: number): Checkpoint => ({
  step,
  epoch: 1,
  state: { loss: Number.NaN },
  tensors: new Map([["model.weight", tensor([step])]]),
});

/** What lies in a database made by the store, oldest first; `change` may edit it. */
async function entries(name: string, change: (store: IDBObjectStore) => void = () => {}): Promise<unknown[]> {
  const { indexedDB } = globalThis as unknown as { indexedDB: IDBFactory };
  return await new Promise((resolve) => {
    const opening = indexedDB.open(`rnn-checkpoints: ${name}`);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("checkpoints", "readwrite");
      const store = transaction.objectStore("checkpoints");
      change(store as never);
      const all = store.getAll();
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
  });
}

/** The part of the DOM's interface that is used here. */
interface IDBObjectStore {
  put(value: unknown, key: number): unknown;
}

describe("BrowserCheckpoints", () => {
  test("gives back the newest of its name, and keeps the last few", async () => {
    const store = new BrowserCheckpoints("a", { keep: 2 });
    expect(await store.load()).toBeNull();
    for (const step of [10, 20, 5]) await store.save(checkpoint(step));
    expect(await new BrowserCheckpoints("a").load()).toMatchObject({ step: 5, state: { loss: Number.NaN } });
    expect((await entries("a")).length).toBe(2);
    expect(await new BrowserCheckpoints("b").load()).toBeNull();
  });

  test("passes over what is not whole, and says so if nothing is", async () => {
    const store = new BrowserCheckpoints("a");
    await store.save(checkpoint(1));
    await store.save(checkpoint(2));
    await entries("a", (all) => all.put(new Uint8Array(3), 2));
    expect((await store.load())?.step).toBe(1);
    expect(store.passedOver).toMatch(/^decodeCheckpoint: |safetensors/);
    await entries("a", (all) => all.put(new Uint8Array(3), 1));
    await expect(store.load()).rejects.toThrow(
      'BrowserCheckpoints.load: no checkpoint in "rnn-checkpoints: a" can be read; 3 bytes are too few for a safetensors file',
    );
  });

  test.each<[() => unknown, Error]>([
    [
      () => new BrowserCheckpoints(5 as never),
      new TypeError("BrowserCheckpoints: name must be a text, got 5"),
    ],
    [
      () => new BrowserCheckpoints("x", { keep: 0.5 }),
      new RangeError("BrowserCheckpoints: keep must be an integer >= 1, got 0.5"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });

  test("where there is no IndexedDB", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const store = new BrowserCheckpoints("a");
    await expect(store.load()).rejects.toThrow(
      new Error("BrowserCheckpoints.load: there is no IndexedDB here; it needs a browser"),
    );
    await expect(store.save(checkpoint(1))).rejects.toThrow(
      new Error("BrowserCheckpoints.save: there is no IndexedDB here; it needs a browser"),
    );
  });
});
