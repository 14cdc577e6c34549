import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrainEvent } from "@rnn/train";
import { afterAll, expect, test } from "vitest";
import { parseOptions } from "../../options/parse.ts";
import { TRAIN_OPTIONS } from "./train-options.ts";
import { training } from "./training-part.ts";

const scratch = mkdtempSync(join(tmpdir(), "demo-resume-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const text = join(scratch, "text.txt");
writeFileSync(text, "to be or not to be, that is the question\n".repeat(20));

/** Events of a training of two epochs with checkpoints in a folder, until it is killed. */
async function run(folder: string, isKilledAt: (event: TrainEvent<string>) => boolean = () => false) {
  const args = ["--data", text, "--epochs=2", "--hidden=4", "--batch-size=2", "--checkpoints", folder];
  const prepared = await training.prepare(parseOptions(args, TRAIN_OPTIONS));
  const events: TrainEvent<string>[] = [];
  for await (const event of prepared.events(new AbortController().signal)) {
    events.push(event);
    if (isKilledAt(event)) break;
  }
  return { events, epochs: events.flatMap((event) => (event.type === "epoch" ? event.epoch : [])) };
}

const logged = (folder: string): unknown[] =>
  readFileSync(join(folder, "epochs.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).epoch);

test("wherever a training is killed, it goes on to a log that has each epoch once", async () => {
  const { events } = await run(join(scratch, "whole"));
  const around = events.findIndex(({ type }) => type === "epoch");
  for (let last = around - 3; last < around + 3; last++) {
    const folder = join(scratch, `killed-at-${last}`);
    let seen = 0;
    await run(folder, () => seen++ === last);
    expect((await run(folder)).epochs, `killed at event ${last}`).toEqual([1, 2]);
    expect(logged(folder), `killed at event ${last}`).toEqual([1, 2]);
  }
});

test("a log that is ahead of its checkpoints, or was cut within a line, is put right", async () => {
  const folder = join(scratch, "ahead");
  await run(folder, ({ type }) => type === "epoch");
  const path = join(folder, "epochs.jsonl");
  const [first = ""] = readFileSync(path, "utf8").split("\n");
  for (const [name, added] of [
    ["ahead", `${first.replace('"epoch":1', '"epoch":2')}\n`],
    ["cut", first.slice(0, 20)],
    ["twice", `${first}\n`],
  ] as const) {
    const copy = join(scratch, `${name}-copy`);
    cpSync(folder, copy, { recursive: true });
    appendFileSync(join(copy, "epochs.jsonl"), added);
    expect((await run(copy)).epochs, name).toEqual([1, 2]);
    expect(logged(copy), name).toEqual([1, 2]);
  }
});
