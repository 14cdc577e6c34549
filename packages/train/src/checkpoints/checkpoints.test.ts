import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeSafetensors } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import type { Checkpoint } from "@rnn/train";
import { decodeCheckpoint, encodeCheckpoint, FileCheckpoints } from "@rnn/train/checkpoints";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";

const scratch = mkdtempSync(join(tmpdir(), "rnn-checkpoints-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.unstubAllGlobals());
let folders = 0;
const newFolder = () => join(scratch, `training ${folders++}`, "checkpoints");

const checkpoint = (step: number): Checkpoint => ({
  step,
  epoch: 1,
  state: {
    loss: Number.NaN,
    best: Number.NEGATIVE_INFINITY,
    rate: 0.1 + 0.2,
    list: [1, [2, null]],
    text: "a\u2028b",
  },
  tensors: new Map([
    ["model.weight", tensor([[1, 2.5]])],
    ["optimizer.0.mu_product", tensor(0.1, { dtype: "float64" })],
  ]),
});

describe("the file of a checkpoint", () => {
  test("holds everything, exactly", () => {
    const bytes = encodeCheckpoint(checkpoint(7));
    const { tensors, ...rest } = decodeCheckpoint(bytes);
    const { tensors: before, ...expected } = checkpoint(7);
    expect(rest).toEqual(expected);
    expect([...tensors].map(([name, { dtype, shape, data }]) => [name, dtype, shape, [...data]])).toEqual(
      [...before].map(([name, { dtype, shape, data }]) => [name, dtype, shape, [...data]]),
    );
    expect(encodeCheckpoint(decodeCheckpoint(bytes))).toEqual(bytes);
  });

  test.each<[string, string]>([
    ["x", "decodeCheckpoint: the state is not JSON: "],
    ["[]", "decodeCheckpoint: the state must be an object, got []"],
    ['{"version":2}', "decodeCheckpoint: version 2 is not known here"],
    ['{"version":1,"step":-1}', "decodeCheckpoint: step must be an integer >= 0, got -1"],
    ['{"version":1,"step":1,"epoch":1}', "decodeCheckpoint: state must be an object, got undefined"],
  ])("%s is refused", (json, message) => {
    expect(() => decodeCheckpoint(encodeSafetensors({}, { checkpoint: json }))).toThrow(message);
  });

  test("weights alone are no checkpoint", () => {
    expect(() => decodeCheckpoint(encodeSafetensors({ weight: tensor([1]) }))).toThrow(
      new RangeError("decodeCheckpoint: a safetensors file, but not of a checkpoint"),
    );
  });

  test("no cut file is taken for a whole one", () => {
    const bytes = encodeCheckpoint(checkpoint(7));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCheckpoint(bytes.slice(0, length))).toThrow();
    }
  });
});

describe("FileCheckpoints", () => {
  test("gives back the newest, and keeps the last few", async () => {
    const folder = newFolder();
    const store = new FileCheckpoints(folder, { keep: 2 });
    expect(await store.load()).toBeNull();
    for (const step of [10, 20, 5, 5]) await store.save(checkpoint(step)); // 5: begun anew
    expect(readdirSync(folder).sort()).toEqual(["000003-step-5.safetensors", "000004-step-5.safetensors"]);
    expect((await new FileCheckpoints(folder).load())?.step).toBe(5);
  });

  test("more than a million stay in order", async () => {
    const folder = newFolder();
    const store = new FileCheckpoints(folder);
    await store.save(checkpoint(1));
    writeFileSync(join(folder, "999999-step-1.safetensors"), encodeCheckpoint(checkpoint(1)));
    await store.save(checkpoint(2));
    expect(readdirSync(folder)).toContain("1000000-step-2.safetensors");
    expect((await store.load())?.step).toBe(2);
  });

  test("passes over files that are not whole, and leaves others alone", async () => {
    const folder = newFolder();
    const store = new FileCheckpoints(folder);
    for (const step of [1, 2, 3]) await store.save(checkpoint(step));
    truncateSync(join(folder, "000003-step-3.safetensors"), 100);
    writeFileSync(join(folder, "000004-step-4.safetensors.part"), "half");
    writeFileSync(join(folder, "notes.txt"), "mine");
    expect((await store.load())?.step).toBe(2);
    expect(store.passedOver).toMatch(
      /^000003-step-3\.safetensors: header of \d+ bytes, but \d+ follow: truncated, or not safetensors$/,
    );
    await store.save(checkpoint(4));
    await store.load();
    expect(store.passedOver).toBeNull();
    expect(readdirSync(folder).sort()).toEqual([
      "000002-step-2.safetensors",
      "000003-step-3.safetensors",
      "000004-step-4.safetensors",
      "notes.txt",
    ]);
  });

  test("says so if none can be read: it does not silently begin anew", async () => {
    const folder = newFolder();
    const store = new FileCheckpoints(folder);
    await store.save(checkpoint(1));
    const file = join(folder, "000001-step-1.safetensors");
    writeFileSync(file, encodeSafetensors({}));
    await expect(store.load()).rejects.toThrow(
      new Error(
        `FileCheckpoints.load: no checkpoint in ${JSON.stringify(folder)} can be read; ` +
          "000001-step-1.safetensors: decodeCheckpoint: a safetensors file, but not of a checkpoint",
      ),
    );
    expect(readFileSync(file).length).toBeGreaterThan(0);
  });

  test("a folder that cannot be made is an error", async () => {
    const folder = newFolder();
    await new FileCheckpoints(folder).save(checkpoint(1));
    const inFile = new FileCheckpoints(join(folder, "000001-step-1.safetensors", "below"));
    await expect(inFile.save(checkpoint(1))).rejects.toThrow("ENOTDIR");
  });

  test.each<[() => unknown, Error]>([
    [() => new FileCheckpoints(5 as never), new TypeError("FileCheckpoints: folder must be a path, got 5")],
    [
      () => new FileCheckpoints("x", { keep: 0 }),
      new RangeError("FileCheckpoints: keep must be an integer >= 1, got 0"),
    ],
    [
      () => new FileCheckpoints("x", { keepLast: 2 } as object),
      new TypeError('FileCheckpoints: unknown option "keepLast" (did you mean "keep"?); options are keep'),
    ],
    [
      () => {
        vi.stubGlobal("process", undefined);
        return new FileCheckpoints("x");
      },
      new Error("FileCheckpoints: there is no file system here; it needs Node, Bun or Deno"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});
