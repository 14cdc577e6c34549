import type { StartEvent, StepEvent } from "@rnn/train";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Training } from "../tasks/task.ts";
import { TrainingProgress } from "./training-progress.ts";

const TRAINING = { unit: "words", samplesPerEpoch: 80, batchesPerEpoch: 4 } as Training;
const start = (others: Partial<StartEvent>): StartEvent => ({
  type: "start",
  epochs: 2,
  batches: 4,
  parameters: 9,
  steps: 0,
  ...others,
});
const step = (epoch: number, batch: number, batches = 4) =>
  ({ type: "step", epoch, batch, batches, loss: 0.5 }) as StepEvent;

let time = 0;
beforeEach(() => {
  time = 0;
  vi.stubGlobal("performance", { now: () => time });
});
afterEach(() => vi.unstubAllGlobals());

/** What the bar says one second after the start, its cells left out. */
function shown(begun: StartEvent, event: StepEvent): string {
  let written = "";
  const output = { write: (text: string) => (written += text), isTTY: true, columns: 100 };
  const progress = new TrainingProgress(TRAINING, output);
  progress.start(begun);
  time += 1000;
  progress.update(event);
  return written
    .replace("\r", "")
    .replace("\u001b[K", "")
    .replace(/▕.*▏ +/, "");
}

describe("TrainingProgress", () => {
  it("counts samples over all epochs", () => {
    expect(shown(start({}), step(1, 2))).toBe("epoch 1/2  25 %  40 words/s  at most 3.0 s left  loss 0.500");
  });

  it("does not take what was done before an interruption for speed", () => {
    expect(shown(start({ steps: 5 }), step(2, 2))).toBe(
      "epoch 2/2  75 %  20 words/s  at most 2.0 s left  loss 0.500",
    );
  });

  it("knows that a second training may have more batches", () => {
    expect(shown(start({ batches: 6 }), step(1, 3, 6))).toBe(
      "epoch 1/2  25 %  60 words/s  at most 3.0 s left  loss 0.500",
    );
  });
});
