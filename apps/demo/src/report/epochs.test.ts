import { describe, expect, it } from "vitest";
import { plain } from "../terminal/colour.ts";
import { type Epoch, epochLine, hasLine } from "./epochs.ts";

const EPOCH: Epoch = {
  type: "epoch",
  epoch: 7,
  epochs: 30,
  trainLoss: 0.70532,
  trainMetrics: null,
  validation: { loss: 0.73461, samples: 6, metrics: { accuracy: 0.45, "bits per character": 2.1 } },
  isBest: true,
  learningRate: 0.001,
  duration: 65_000,
};

describe("epochLine", () => {
  it("says everything where there is room", () => {
    expect(epochLine(EPOCH, [{ name: "accuracy" }], { width: 80, paint: plain })).toBe(
      "epoch  7/30  loss 0.7053  validation 0.7346  accuracy 0.450  1 min 05 s  best",
    );
  });

  it("leaves the time out where there is none, whether it is the best or not", () => {
    const metrics = [{ name: "bits per character" }];
    const line = "epoch  7/30  loss 0.7053  validation 0.7346  bits per character 2.100";
    expect(epochLine(EPOCH, metrics, { width: 80, paint: plain })).toBe(`${line}  best`);
    expect(epochLine({ ...EPOCH, isBest: false }, metrics, { width: 80, paint: plain })).toBe(line);
  });
});

describe("hasLine", () => {
  const shown = (epochs: number) =>
    Array.from({ length: epochs }, (_, n) => n + 1).filter((epoch) => hasLine({ epoch, epochs }));

  it("is true of all epochs of a short training", () => {
    expect(shown(40)).toHaveLength(40);
  });

  it("is true of fewer and fewer epochs of a long one, and of the last", () => {
    expect(shown(226)).toHaveLength(42);
    expect(shown(226).slice(18, 24)).toEqual([19, 20, 25, 30, 35, 40]);
    expect(shown(226).slice(-6)).toEqual([125, 150, 175, 200, 225, 226]);
    expect(shown(10_000)).toHaveLength(20 + 16 + 16 + 95);
  });
});
