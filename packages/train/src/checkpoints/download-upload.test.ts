import { tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import type { Checkpoint } from "../fit/checkpoint.ts";
import { encodeCheckpoint } from "./codec.ts";
import { downloadCheckpoint, uploadCheckpoint } from "./download-upload.ts";

const checkpoint: Checkpoint = { step: 7, epoch: 1, state: {}, tensors: new Map([["model.w", tensor([1])]]) };

function storeOf(...kept: Checkpoint[]) {
  return { kept, save: (next: Checkpoint) => void kept.push(next), load: () => kept.at(-1) ?? null };
}

describe("uploadCheckpoint", () => {
  test("makes the file's checkpoint the newest of the store", async () => {
    const store = storeOf({ ...checkpoint, step: 100 });
    const uploaded = await uploadCheckpoint(store, new Blob([encodeCheckpoint(checkpoint)]));
    expect(uploaded.step).toBe(7);
    expect(store.load()).toBe(uploaded);
    expect(uploaded.tensors.get("model.w")?.toArray()).toEqual([1]);
  });

  test("keeps nothing of a file that is no checkpoint", async () => {
    const store = storeOf();
    await expect(uploadCheckpoint(store, new Blob(["{}"]))).rejects.toThrow("safetensors");
    expect(store.kept).toEqual([]);
  });

  test("refuses other arguments", async () => {
    await expect(uploadCheckpoint({} as never, new Blob([]))).rejects.toThrow(
      new TypeError("uploadCheckpoint: store.save must be a function, got undefined"),
    );
    await expect(uploadCheckpoint(storeOf(), "file" as never)).rejects.toThrow(
      new TypeError('uploadCheckpoint: file must be a File or Blob, got "file"'),
    );
  });
});

describe("downloadCheckpoint", () => {
  test("needs a page", async () => {
    await expect(downloadCheckpoint(storeOf(checkpoint))).rejects.toThrow(
      new Error("downloadCheckpoint: there is no document here; it needs a page"),
    );
  });

  test("refuses other arguments", async () => {
    await expect(downloadCheckpoint({} as never)).rejects.toThrow(
      new TypeError("downloadCheckpoint: store.load must be a function, got undefined"),
    );
    await expect(downloadCheckpoint(storeOf(), 3 as never)).rejects.toThrow(
      new TypeError("downloadCheckpoint: name must be a text, got 3"),
    );
  });
});
