import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
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
    const { ended, epochs, bestEpoch, model, test } = JSON.parse(out);
    expect([ended, test]).toEqual(["aborted", null]);
    expect(model === null).toBe(bestEpoch === null);
    expect(bestEpoch === null).toBe(epochs.length === 0);
  });

  it("before the end of the first epoch saves nothing", async () => {
    // one sentence a step: thousands of chances to stop within the epoch
    const { process: child, finished } = startCli(["--batch-size=1", "--output=none"], folder);
    // the first lines are printed before the first step
    child.stdout!.once("data", () => child.kill("SIGINT"));
    const { code, out } = await finished;
    expect(code).toBe(130);
    expect(out).toMatch(/stopped before the end of the first epoch: there is no model to save\n$/);
    expect(await readdir(join(folder, "none"))).toEqual([]);
  });
});
