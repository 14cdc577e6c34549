import { Generator, rand, randint, ShapeError, type Tensor, tensor } from "@rnn/tensor";
import type { Metric } from "@rnn/train";
import {
  brierScore,
  ConfusionMatrix,
  expectedCalibrationError,
  f1Score,
  f1Threshold,
  ReliabilityTable,
} from "@rnn/train/metrics";
import { describe, expect, test } from "vitest";

const ids = (values: number[]): Tensor => tensor(values, { dtype: "int32" });
const logit = (p: number): number => Math.log(p / (1 - p));

/** A metric's value after these batches. */
function after<M extends Metric>(metric: M, ...batches: [Tensor, Tensor][]): number {
  for (const [output, targets] of batches) metric.update(output, targets);
  return metric.value;
}

/** Probabilities of class 1 and what happened. */
const SURE = [0.95, 0.85, 0.65, 0.4, 0.3, 0.05];
const TRUTH = [1, 1, 0, 1, 0, 0];

describe("brierScore", () => {
  test("is the mean squared error of the probability of class 1 for one output", () => {
    // 0.05² + 0.15² + 0.65² + 0.6² + 0.3² + 0.05² = 0.9
    const outputs = tensor(SURE, { dtype: "float64" });
    expect(after(brierScore({ probabilities: true }), [outputs, tensor(TRUTH)])).toBeCloseTo(0.15, 14);
    const logits = tensor(SURE.map(logit), { dtype: "float64" });
    expect(after(brierScore(), [logits, tensor(TRUTH)])).toBeCloseTo(0.15, 14);
  });

  test("sums over the classes for several outputs: twice as much for two of them", () => {
    const pairs = tensor(
      SURE.map((p) => [logit(1 - p) / 2, logit(p) / 2]),
      { dtype: "float64" },
    );
    expect(after(brierScore(), [pairs, ids(TRUTH)])).toBeCloseTo(0.3, 14);
    const three = tensor([[0.5, 0.25, 0.25]]);
    expect(after(brierScore({ probabilities: true }), [three, ids([2])])).toBeCloseTo(0.875, 14);
  });

  test("adds up over batches and leaves out ignored targets", () => {
    const outputs = tensor([0.5, 0, 1]);
    const options = { probabilities: true, ignoreIndex: -1 };
    expect(after(brierScore(options), [outputs, ids([1, -1, 1])], [tensor([0]), ids([1])])).toBeCloseTo(
      1.25 / 3,
      14,
    );
  });

  test("is NaN after NaN", () => {
    expect(after(brierScore(), [tensor([Number.NaN, 1]), ids([0, 1])])).toBeNaN();
  });
});

describe("ReliabilityTable", () => {
  test("sorts predictions by the probability of the predicted class", () => {
    const table = new ReliabilityTable({ bins: 5, probabilities: true });
    // confidences .95 .85 .65 .6 .7 .95, right: yes yes no no yes yes
    table.update(tensor(SURE, { dtype: "float64" }), tensor(TRUTH));
    expect(table.bins.map(({ count }) => count)).toEqual([0, 0, 1, 2, 3]);
    const [, , third, fourth, last] = table.bins;
    expect(third).toEqual({ from: 0.4, to: 0.6, count: 1, confidence: 0.6, accuracy: 0 });
    expect(fourth?.confidence).toBeCloseTo(0.675, 14);
    expect(fourth?.accuracy).toBe(0.5);
    expect(last?.confidence).toBeCloseTo(2.75 / 3, 14);
    expect(last?.accuracy).toBe(1);
    expect(table.value).toBeCloseTo((0.6 + 2 * 0.175 + 3 * (1 - 2.75 / 3)) / 6, 14);
  });

  test("an edge belongs to the bin below it, and 0 to the first", () => {
    const table = new ReliabilityTable({ bins: 4, probabilities: true });
    table.update(tensor([[0.25, 0.25, 0.25, 0.25]]), ids([0]));
    table.update(tensor([[0, 0]]), ids([1]));
    table.update(tensor([1, 0]), tensor([1, 0]));
    expect(table.bins.map(({ count }) => count)).toEqual([2, 0, 0, 2]);
  });

  test("takes the first of equal classes, as accuracy does", () => {
    expect(after(expectedCalibrationError(), [tensor([[3, 3]]), ids([0])])).toBe(0.5);
    expect(after(expectedCalibrationError(), [tensor([0]), ids([0])])).toBe(0.5);
  });

  test("probabilities that come true have a small error, the same ones sharpened a large one", () => {
    const generator = new Generator(3);
    const p = Array.from(rand([4000], { generator, dtype: "float64" }).data);
    const happened = tensor(Array.from(rand([4000], { generator }).data, (draw, i) => Number(draw < p[i]!)));
    const honest = after(expectedCalibrationError({ probabilities: true }), [
      tensor(p, { dtype: "float64" }),
      happened,
    ]);
    const sharpened = tensor(p.map((x) => 4 * logit(x)));
    expect(honest).toBeLessThan(0.03);
    expect(after(expectedCalibrationError(), [sharpened, happened])).toBeGreaterThan(0.12);
  });

  test("is NaN before the first prediction and after NaN", () => {
    expect(new ReliabilityTable().value).toBeNaN();
    expect(after(new ReliabilityTable(), [tensor([[Number.NaN, 1]]), ids([1])])).toBeNaN();
  });

  test("draws the bins that have predictions", () => {
    const table = new ReliabilityTable({ bins: 5, probabilities: true });
    table.update(tensor(SURE), tensor(TRUTH));
    expect(table.toString()).toBe(
      [
        "confidence count    mean  accuracy  █ accuracy  ┃ mean confidence",
        "0.40-0.60      1   0.600     0.000                          ┃",
        "0.60-0.80      2   0.675     0.500  ████████████████████       ┃",
        "0.80-1.00      3   0.917     1.000  █████████████████████████████████████┃██",
      ].join("\n"),
    );
  });
});

describe("f1Threshold", () => {
  test("finds the threshold that the F1 of class 1 is largest with", () => {
    const generator = new Generator(5);
    const targets = randint(0, 2, [60], { generator });
    const logits = rand([60], { generator });
    for (let i = 0; i < 60; i++) logits.data[i]! += 0.3 * targets.data[i]!;
    const { threshold, f1 } = f1Threshold(logits, targets);
    expect(after(f1Score({ posLabel: 1, threshold }), [logits, targets])).toBeCloseTo(f1, 14);
    for (const other of logits.data) {
      expect(after(f1Score({ posLabel: 1, threshold: other }), [logits, targets])).toBeLessThanOrEqual(f1);
    }
  });

  test("keeps equal outputs together, and may predict class 1 always", () => {
    expect(f1Threshold(tensor([1, 1, 1]), tensor([1, 0, 1]))).toEqual({ threshold: 0, f1: 0.8 });
    const { threshold } = f1Threshold(tensor([-1e30, 5]), tensor([1, 1]));
    expect(threshold).toBeLessThan(-1e30);
  });

  test("neighbouring numbers can be told apart", () => {
    const low = 1;
    const high = 1 + Number.EPSILON;
    const outputs = tensor([low, high], { dtype: "float64" });
    const { threshold, f1 } = f1Threshold(outputs, tensor([0, 1]));
    expect([threshold, f1]).toEqual([low, 1]);
  });

  test("an output that is NaN is never found, ignored targets do not count", () => {
    const outputs = tensor([Number.NaN, 2, 1]);
    const { threshold, f1 } = f1Threshold(outputs, tensor([1, -1, 1]), { ignoreIndex: -1 });
    expect(f1).toBeCloseTo(2 / 3, 14);
    expect(threshold).toBeLessThan(1);
    const matrix = new ConfusionMatrix({ threshold, ignoreIndex: -1 });
    matrix.update(outputs, tensor([1, -1, 1]));
    expect(matrix.scores[1]?.recall).toBe(0.5);
  });
});

describe("refusals", () => {
  const pair = tensor([0.5, 1.5]);
  const yes = tensor([1, 1]);

  test.each([
    [
      "brierScore: the output has 1.5, which is no probability; pass logits without probabilities: true",
      () => brierScore({ probabilities: true }).update(pair, yes),
    ],
    [
      "ReliabilityTable: the output has -0.5, which is no probability; pass logits without probabilities: true",
      () =>
        new ReliabilityTable({ probabilities: true }).update(
          tensor([[1.5, -0.5]])
            .neg()
            .add(1),
          ids([0]),
        ),
    ],
    [
      "ReliabilityTable: target 1 is 2, which is no class 0..1",
      () =>
        new ReliabilityTable().update(
          tensor([
            [0, 1],
            [1, 0],
          ]),
          ids([0, 2]),
        ),
    ],
    [
      "brierScore: target 0 is 2; with one output for two classes it must be 0 or 1",
      () => brierScore().update(pair, tensor([2, 1])),
    ],
    ["ReliabilityTable: bins must be an integer >= 1, got 0", () => new ReliabilityTable({ bins: 0 })],
    ["f1Threshold: no target is 1, so there is no F1 of class 1", () => f1Threshold(pair, tensor([0, 0]))],
  ])("%s", (message, act) => {
    expect(act).toThrow(new RangeError(message));
  });

  test("f1Threshold needs one output per target", () => {
    expect(() => f1Threshold(tensor([[1, 2]]), ids([1]))).toThrow(
      new ShapeError("f1Threshold: output has shape [1,2]; a threshold needs one output per target"),
    );
  });

  test("unknown options and other kinds are refused", () => {
    expect(() => brierScore({ probability: true } as never)).toThrow(TypeError);
    expect(() => new ReliabilityTable({ probabilities: 1 } as never)).toThrow(TypeError);
    expect(() => brierScore().update([1] as never, yes)).toThrow(
      new TypeError("brierScore: output must be a Tensor, got [1]; make it with tensor(...)"),
    );
  });
});
