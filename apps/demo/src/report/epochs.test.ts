import { describe, expect, it } from "vitest";
import { plain } from "../terminal/colour.ts";
import { type Epoch, epochLine, hasLine, learningCurve } from "./epochs.ts";

const EPOCH: Epoch = {
  type: "epoch",
  epoch: 7,
  epochs: 30,
  trainLoss: 0.70532,
  trainMetrics: null,
  validation: { loss: 0.73461, samples: 6, metrics: { accuracy: 0.45, "bits per character": 2.1 } },
  isBest: true,
  learningRate: 0.001,
  seconds: 65,
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

describe("learningCurve", () => {
  const curve = (...losses: number[]) =>
    learningCurve(
      losses.map((loss, n) => ({
        ...EPOCH,
        epoch: n + 1,
        trainLoss: loss,
        validation: { ...EPOCH.validation, loss },
      })),
      [],
      { width: 40, paint: plain },
    );

  it("shows what comes after a first spike: the scale is logarithmic then", () => {
    const lines = curve(100, 1, 0.01);
    expect(lines[0]).toBe("loss by epoch (logarithmic scale)");
    expect(lines[1]).toMatch(/^100\.00 ┤\S/);
    expect(lines[8]).toMatch(/^ 0\.010 ┤ +\S+ learning 0\.010$/);
    // the middle value stands in the middle, not at the axis
    expect(lines.slice(4, 6).every((line) => /[\u2801-\u28ff]/.test(line))).toBe(true);
    expect(curve(100, 1, 0)[0]).toBe("loss by epoch");
  });

  it("has as many digits as tell the ends apart", () => {
    const lines = curve(0.0042, 0.0031);
    expect(lines[1]).toMatch(/^0\.0042 ┤/);
    expect(lines[8]).toMatch(/^0\.0031 ┤/);
  });
});
