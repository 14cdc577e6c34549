import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliCommand, startCli } from "./run-cli.ts";
import { SMALL, sixtySentences } from "./sixty-sentences.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-pipes-"));
  await writeFile(join(folder, "sixty.csv"), await sixtySentences());
});
afterAll(() => rm(folder, { recursive: true }));

const TRAIN = ["--data=sixty.csv", "--text=review", "--label=mood", ...SMALL];

describe("when the reader of its output has gone", () => {
  it("training goes on silently and saves the model", async () => {
    const { process: child, finished } = startCli([...TRAIN, "--epochs=30", "--output=out"], folder);
    child.stdout!.once("data", () => child.stdout!.destroy());
    const { code, out, err } = await finished;
    expect([code, err]).toEqual([0, ""]);
    expect(out).not.toContain("model saved");
    expect(await readdir(join(folder, "out"))).toEqual(["model.safetensors"]);
  });

  it.skipIf(process.platform === "win32")("so does training whose progress nobody reads", async () => {
    const { process: child, finished } = startCli(
      [...TRAIN, "--epochs=10000", "--patience=10000", "--output=err"],
      folder,
    );
    child.stderr!.destroy();
    child.stdout!.on("data", (text: string) => {
      if (text.includes("epoch     3/10000")) child.kill("SIGINT");
    });
    const { code, out } = await finished;
    expect(code).toBe(130);
    expect(out).toMatch(/\nmodel saved in err.model\.safetensors\n$/);
  });

  it("predict stops reading", async () => {
    const training = await startCli([...TRAIN, "--epochs=1", "--output=model"], folder).finished;
    expect(training).toMatchObject({ code: 0, err: "" });
    // its input stays open: it has to leave by itself
    const { process: child, finished } = startCli(["predict", "--model=model"], folder, null);
    child.stdout!.once("data", () => {
      child.stdout!.destroy();
      child.stdin!.write("two\n");
    });
    child.stdin!.write("one\n");
    expect(await finished).toMatchObject({ code: 0, err: "" });
  });
});

describe.skipIf(!existsSync("/dev/full"))("when the disk is full", () => {
  it("says so in one line", () => {
    const full = openSync("/dev/full", "w");
    const [program, ...args] = cliCommand(["--help"]);
    const { status, stderr } = spawnSync(program, args, {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect([status, stderr]).toEqual([2, "standard output: cannot be written: no space left on the disk\n"]);
  });
});
