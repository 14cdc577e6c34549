import { expectClose } from "@internal/testing";
import { Generator, rand, ShapeError, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { l1Loss } from "./l1-loss.ts";
import { quantileLoss } from "./quantile-loss.ts";

describe("quantileLoss", () => {
  it("weighs misses below and above by the quantile", () => {
    const x = variable([1, 5, 3], { requiresGrad: true });
    const loss = quantileLoss(x, variable([3, 3, 3]), { quantile: 0.9, reduction: "none" });
    expectClose(loss.value.data, [1.8, 0.2, 0]);
    loss.sum().backward();
    expectClose(x.grad?.data as Float32Array, [-0.9, 0.1, 0]);
  });

  it("is half the absolute error for the median", () => {
    const [x, t] = [variable([1, -2, 7]), variable([2, 2, 2])];
    expectClose([quantileLoss(x, t).item()], [l1Loss(x, t).item() / 2]);
  });

  it.each([0.1, 0.5, 0.9])("is least at the quantile %d of the targets", (quantile) => {
    const targets = rand([1000], { generator: new Generator(7) });
    const lossAt = (x: number): number => quantileLoss(zeros([1000]).add(x), targets, { quantile }).item();
    const candidates = Array.from({ length: 101 }, (_, i) => i / 100);
    const best = candidates.reduce((a, b) => (lossAt(b) < lossAt(a) ? b : a));
    const sorted = [...targets.data].sort((a, b) => a - b);
    expect(Math.abs(best - (sorted[Math.floor(quantile * 1000)] as number))).toBeLessThan(0.015);
  });

  it("says what does not fit", () => {
    for (const quantile of [0, 1, -1, Number.NaN]) {
      expect(() => quantileLoss(zeros([1]), zeros([1]), { quantile })).toThrow(
        new RangeError(`quantileLoss: quantile must be between 0 and 1, got ${quantile}`),
      );
    }
    expect(() => quantileLoss(zeros([2]), zeros([2, 1]))).toThrow(
      new ShapeError("quantileLoss: input has shape [2], but target has shape [2,1]; they must be equal"),
    );
  });
});
