import { Generator, manualSeed, ones, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { Dropout } from "./dropout.ts";

describe("Dropout", () => {
  it("drops with probability p and scales the rest, so that the mean stays", () => {
    const y = new Dropout({ p: 0.25, generator: new Generator(0) }).forward(ones([100, 100])).value;
    const kept = [...y.data].filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(4 / 3)]));
    expect(kept.length / 10_000).toBeCloseTo(0.75, 2);
  });

  it("gives gradients under the same mask", () => {
    const x = variable(ones([20]), { requiresGrad: true });
    const y = new Dropout({ generator: new Generator(1) }).forward(x);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual(y.value.toArray());
  });

  it("repeats with the same seed, of its own generator or the default one", () => {
    const draw = (generator?: Generator): unknown =>
      new Dropout({ generator }).forward(ones([30])).value.toArray();
    expect(draw(new Generator(7))).toEqual(draw(new Generator(7)));
    manualSeed(7);
    const first = draw();
    expect(draw()).not.toEqual(first);
    manualSeed(7);
    expect(draw()).toEqual(first);
  });

  it("does nothing and draws nothing in evaluation and with p = 0", () => {
    const generator = new Generator(3);
    const before = JSON.stringify(generator.getState());
    const x = variable(ones([3]), { requiresGrad: true });
    expect(new Dropout({ p: 0.9, generator }).eval().forward(x)).toBe(x);
    expect(new Dropout({ p: 0, generator }).forward(x)).toBe(x);
    expect(JSON.stringify(generator.getState())).toBe(before);
  });

  it("drops everything with p = 1", () => {
    const x = variable(ones([3]), { requiresGrad: true });
    const y = new Dropout({ p: 1 }).forward(x);
    y.sum().backward();
    expect([y.value.toArray(), x.grad?.toArray()]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("says what does not fit", () => {
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => new Dropout({ p })).toThrow(
        new RangeError(`Dropout: p must be between 0 and 1, got ${p}`),
      );
    }
    expect(() => new Dropout().forward(zeros([2], { dtype: "int32" }))).toThrow(
      new TypeError('dropout: input is int32, expected float32 or float64; convert it with .to("float32")'),
    );
  });
});
