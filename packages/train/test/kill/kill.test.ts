import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Generator } from "@rnn/tensor";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { train } from "./training.ts";

/** How often training is killed: 50 times in `npm run test:full`. */
const KILLS = (import.meta as { env?: { MODE?: string } }).env?.MODE === "full" ? 50 : 3;

const scratch = mkdtempSync(join(tmpdir(), "rnn-kill-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const program = join(scratch, "program.mjs");

// one file, so that it starts in no time
beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("program.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    conditions: ["@rnn/source"],
  });
});

/** Runs the training, and kills it some milliseconds after it has begun; returns at which step it began. */
function runAndKill(folder: string, result: string, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [program, folder, result], { stdio: ["ignore", "pipe", "pipe"] });
  let begin = -1;
  let errors = "";
  child.stdout.on("data", (text: Buffer) => {
    begin = Number(/start (\d+)/.exec(String(text))?.[1]);
    setTimeout(() => child.kill("SIGKILL"), milliseconds);
  });
  child.stderr.on("data", (text: Buffer) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.on("exit", (code) => {
      if (code !== null && code !== 0) reject(new Error(`training failed with code ${code}: ${errors}`));
      else resolve(begin);
    });
  });
}

test(`a training killed ${KILLS} times at any moment ends with the bytes of one that was not`, async () => {
  const expected = await train(undefined, () => {});
  const generator = new Generator(KILLS);
  let kills = 0;
  let round = 0;
  let furthest = 0;
  while (kills < KILLS) {
    const folder = join(scratch, `checkpoints-${round}`);
    const result = join(scratch, `result-${round}`);
    while (!existsSync(result)) {
      const begin = await runAndKill(folder, result, generator.uint32() % 120);
      furthest = Math.max(furthest, begin);
      if (!existsSync(result)) kills++;
    }
    expect(readFileSync(result).equals(expected)).toBe(true);
    round++;
  }
  expect(furthest).toBeGreaterThan(0);
}, 600_000);
