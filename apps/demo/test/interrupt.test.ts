import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadModel } from "../src/saved/model-folder.ts";
import { decodeModel } from "../src/tasks/classification/saved/model-file.ts";
import { startCli } from "./run-cli.ts";
import { SMALL, sixtySentences } from "./sixty-sentences.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-interrupt-"));
  await writeFile(join(folder, "sixty.csv"), await sixtySentences());
});
afterAll(() => rm(folder, { recursive: true }));

const ENDLESS = [
  "--data=sixty.csv",
  "--text=review",
  "--label=mood",
  "--epochs=10000",
  "--patience=10000",
  ...SMALL,
];

// a Windows process cannot be sent Ctrl-C from outside its console
describe.skipIf(process.platform === "win32")("Ctrl-C", () => {
  it("stops training, saves the best weights so far and exits with 130", async () => {
    const { process: child, finished } = startCli([...ENDLESS, "--output=kept"], folder);
    child.stdout!.on("data", (text: string) => {
      if (text.includes("epoch     3/10000")) child.kill("SIGINT");
    });
    const { code, out, err } = await finished;
    expect(code).toBe(130);
    expect(err).toBe("\nstopping; press Ctrl-C again to leave at once\n");
    expect(out).toMatch(
      /\nstopped by you: keeping the weights of epoch \d+\n\nmodel saved in kept.model\.safetensors\n$/,
    );
    const epochs = Number(/weights of epoch (\d+)/.exec(out)?.[1]);
    expect((await loadModel(join(folder, "kept"), decodeModel)).model.note.epochs).toBe(epochs);
  });

  it.each([
    ["SIGINT twice at once", ["SIGINT", "SIGINT"], 130],
    ["SIGINT and SIGTERM at once", ["SIGINT", "SIGTERM"], 130],
    ["SIGTERM", ["SIGTERM"], 143],
  ] as const)("%s: the best weights are saved as well", async (_, signals, expected) => {
    const output = `kept-${signals.join("-")}`;
    const { process: child, finished } = startCli([...ENDLESS, `--output=${output}`], folder);
    let sent = false;
    child.stdout!.on("data", (text: string) => {
      if (sent || !text.includes("epoch     3/10000")) return;
      sent = true;
      for (const signal of signals) child.kill(signal);
    });
    const { code, out, err } = await finished;
    expect(code).toBe(expected);
    expect(err).toBe("\nstopping; press Ctrl-C again to leave at once\n");
    expect(out).toMatch(/\nmodel saved in kept.*model\.safetensors\n$/);
  });

  it("leaves one whole document with --json", async () => {
    const { process: child, finished } = startCli([...ENDLESS, "--json", "--output=json"], folder);
    // nothing is printed before the end: wait for the folder, which is made right before the first step
    const waiting = setInterval(() => {
      if (!existsSync(join(folder, "json"))) return;
      clearInterval(waiting);
      setTimeout(() => child.kill("SIGINT"), 2000);
    }, 20);
    const { code, out } = await finished;
    expect(code).toBe(130);
    const { ended, epochs, bestEpoch, updates, model, test } = JSON.parse(out);
    expect([ended, test]).toEqual(["aborted", null]);
    expect(bestEpoch === null).toBe(epochs.length === 0);
    expect(model === null).toBe(updates === 0);
  });

  it("within the first epoch saves the weights so far, and tells how to go on", async () => {
    // tens of thousands of updates in an epoch: it will not end before the first checkpoint is seen
    const endless = ["--task=language-model", "--batch-size=1", "--sequence-length=2", "--hidden=4"];
    const args = ["train", ...endless, "--checkpoints=runs", "--output=begun"];
    const { process: child, finished } = startCli(args, folder);
    const waiting = setInterval(() => {
      if (!existsSync(join(folder, "runs")) || !readdirSync(join(folder, "runs")).some(isCheckpoint)) return;
      clearInterval(waiting);
      child.kill("SIGINT");
    }, 20);
    const { code, out } = await finished;
    clearInterval(waiting);
    expect(code).toBe(130);
    expect(out).toMatch(
      /\n\nstopped by you in epoch 1: keeping the weights after [\d,]+ updates, not judged yet\nmodel saved in begun.model\.safetensors\nto continue from here, run the same command again \(--checkpoints runs\)\n$/,
    );
    const inspected = await startCli(["inspect", "--model=begun"], folder).finished;
    expect(inspected.out).toMatch(/trained on +Romeo and Juliet, part of an epoch, seed 0\n/);
    const { code: written } = await startCli(["generate", "--model=begun", "--length=3"], folder).finished;
    expect(written).toBe(0);
  });
});

const isCheckpoint = (name: string) => name.endsWith(".safetensors");
