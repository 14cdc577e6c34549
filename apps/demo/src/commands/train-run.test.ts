import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EndEvent, EpochEvent, TrainEvent } from "@rnn/train";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import type { TrainingNote } from "../saved/note.ts";
import type { Task, Training } from "../tasks/task.ts";
import { TrainRun } from "./train-run.ts";

const scratch = mkdtempSync(join(tmpdir(), "demo-train-run-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const folder = () => mkdtempSync(join(scratch, "model-"));

const START: TrainEvent = { type: "start", epochs: 3, batches: 4, parameters: 9, steps: 0 };
const END: EndEvent = {
  type: "end",
  reason: "aborted",
  message: "",
  epochs: 0,
  steps: 0,
  bestEpoch: null,
  seconds: 1.5,
};
const epoch = (number: number, loss: number): EpochEvent<string> => ({
  type: "epoch",
  epoch: number,
  epochs: 3,
  trainLoss: 1,
  trainMetrics: null,
  validation: { loss, metrics: {}, samples: 1 } as NonNullable<EpochEvent<string>["validation"]>,
  isBest: false,
  learningRate: 0.1,
  seconds: 0.001,
});

/** A training of a few events, whose model is its note. */
function training(events: readonly TrainEvent<string>[], resumeHint?: string): Training {
  return {
    source: "words.csv",
    header: ["a training"],
    unit: "words",
    samplesPerEpoch: 8,
    batchesPerEpoch: 4,
    epochs: 3,
    patience: 2,
    seed: 5,
    metrics: [],
    resumeHint,
    async *events() {
      yield* events;
    },
    judge: () => ({ name: "toy", metrics: {}, json: {}, lines: () => ["judged"] }),
    encode: (note: TrainingNote) => new TextEncoder().encode(JSON.stringify(note)),
    nextSteps: () => [],
  };
}

async function run(output: string, prepared: Training, json = false): Promise<string> {
  let out = "";
  const streams = {
    out: { write: (text: string) => (out += text) },
    err: { write: () => undefined },
    input: (async function* () {})(),
    env: {},
  };
  await new TrainRun({ name: "toy", noun: "a toy" } as Task, prepared, { output, json }, streams).run();
  return out;
}

const within = [START, { ...END, steps: 2 }];

describe("a training that is stopped within its first epoch", () => {
  it("keeps the weights so far, and says what they are", async () => {
    const output = folder();
    const path = join(output, "model.safetensors");
    expect(await run(output, training(within))).toBe(
      "a training\n\nstopped by you in epoch 1: keeping the weights after 2 updates, not judged yet\n" +
        `model saved in ${path}\n`,
    );
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      data: "words.csv",
      seed: 5,
      epochs: 0,
      metrics: {},
    });
  });

  it("leaves a model alone that was there before", async () => {
    const output = folder();
    const path = join(output, "model.safetensors");
    writeFileSync(path, "a better one");
    expect(await run(output, training(within, "run it again"))).toBe(
      "a training\n\nstopped by you in epoch 1, after 2 updates, which are not saved\n" +
        `${path} stays as it was; --output DIR saves elsewhere\nrun it again\n`,
    );
    expect(readFileSync(path, "utf8")).toBe("a better one");
    expect(JSON.parse(await run(output, training(within), true))).toMatchObject({
      model: null,
      updates: 2,
      bestEpoch: null,
      epochs: [],
    });
  });

  it("has nothing to save before the first update", async () => {
    const output = folder();
    expect(await run(output, training([START, END]))).toBe(
      "a training\n\nstopped by you before the first update: there is no model to save\n",
    );
    expect(existsSync(join(output, "model.safetensors"))).toBe(false);
  });

  it("--json tells where the weights are", async () => {
    const output = folder();
    expect(JSON.parse(await run(output, training(within), true))).toMatchObject({
      ended: "aborted",
      model: join(output, "model.safetensors"),
      updates: 2,
      bestEpoch: null,
      epochs: [],
      test: null,
    });
  });
});

it("a training that goes on without its log of epochs keeps the best one all the same", async () => {
  const output = folder();
  const events = [START, epoch(2, 0.5), { ...END, epochs: 2, steps: 8, bestEpoch: 1 }];
  expect(JSON.parse(await run(output, training(events), true))).toMatchObject({ bestEpoch: 1 });
  const note = JSON.parse(readFileSync(join(output, "model.safetensors"), "utf8"));
  expect(note).toMatchObject({ epochs: 1, metrics: {} });
});

it("a training without a number for its validation has no best epoch, and saves nothing", async () => {
  const output = folder();
  const events = [START, epoch(1, Number.NaN), { ...END, reason: "completed" as const, epochs: 1, steps: 4 }];
  await expect(run(output, training(events))).rejects.toThrow(
    new InputError(
      "training diverged: the validation loss was never a number; nothing was saved; try a smaller --learning-rate",
    ),
  );
  expect(existsSync(join(output, "model.safetensors"))).toBe(false);
});
