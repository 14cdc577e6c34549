import { mkdtempSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tensor } from "@rnn/tensor";
import { FileCheckpoints } from "@rnn/train/checkpoints";
import { describe, expect, test } from "vitest";
import { InputError } from "../../errors.ts";
import { CheckpointFolder } from "./checkpoint-folder.ts";

const settings = { seed: 0, tied: true, text: "digest" };
const checkpoint = { step: 3, epoch: 1, state: { a: 1 }, tensors: new Map([["model.w", tensor([5])]]) };
async function save(store: CheckpointFolder, saved = checkpoint): Promise<void> {
  store.save(saved);
  await store.write();
}
const temporary = (): string => mkdtempSync(join(tmpdir(), "checkpoints-"));

describe("CheckpointFolder", () => {
  test("gives back what was saved with the same settings", async () => {
    const folder = temporary();
    expect(await new CheckpointFolder(folder, settings).load()).toBeNull();
    await save(new CheckpointFolder(folder, settings));
    const loaded = await new CheckpointFolder(folder, { ...settings }).load();
    expect(loaded).toMatchObject({ step: 3, epoch: 1 });
    expect(loaded?.state).toEqual({ a: 1 });
    expect(loaded?.tensors.get("model.w")?.toArray()).toEqual([5]);
  });

  test("writes a checkpoint once, and not before it is told to", async () => {
    const folder = temporary();
    const store = new CheckpointFolder(folder, settings);
    store.save(checkpoint);
    expect(readdirSync(folder)).toEqual([]);
    await store.write();
    await store.write();
    expect(readdirSync(folder)).toHaveLength(1);
    expect(store.epochs).toBe(0);
    await store.load();
    expect(store.epochs).toBe(1);
  });

  test("refuses other settings, and says what was different", async () => {
    const folder = temporary();
    await save(new CheckpointFolder(folder, settings));
    await expect(
      new CheckpointFolder(folder, { seed: 9, tied: false, text: "other" }).load(),
    ).rejects.toThrow(
      new InputError(
        `${folder}: the training there was begun with --seed 0, --tied, another text; go on with the same, or give another --checkpoints`,
      ),
    );
  });

  test("refuses checkpoints that another program has left", async () => {
    const folder = temporary();
    await new FileCheckpoints(folder).save(checkpoint);
    await expect(new CheckpointFolder(folder, settings).load()).rejects.toThrow(
      new InputError(`${folder}: has checkpoints of another program; give another --checkpoints`),
    );
  });

  test("passes over a damaged one, and is one line if all are", async () => {
    const folder = temporary();
    const store = new CheckpointFolder(folder, settings);
    await save(store);
    await save(store, { ...checkpoint, step: 4 });
    const [older = "", newer = ""] = readdirSync(folder).sort();
    truncateSync(join(folder, newer), 100);
    expect(await store.load()).toMatchObject({ step: 3 });
    expect(store.passedOver).toContain(`${newer}: `);
    truncateSync(join(folder, older), 100);
    await expect(store.load()).rejects.toThrow(
      new InputError(
        `${folder}: all checkpoints there are damaged; remove them, or give another --checkpoints`,
      ),
    );
  });

  test("is one line if it is a file", async () => {
    const file = join(temporary(), "file");
    writeFileSync(file, "");
    const store = new CheckpointFolder(file, settings);
    const why = "part of the path is a file, not a folder";
    await expect(store.load()).rejects.toThrow(new InputError(`${file}: ${why}`));
    await expect(save(store)).rejects.toThrow(
      new InputError(`--checkpoints ${file}: is a file, expected a folder`),
    );
  });
});
