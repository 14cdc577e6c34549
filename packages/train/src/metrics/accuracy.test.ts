import { ShapeError, type Tensor, tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { accuracy } from "./accuracy.ts";
import type { ClassMetricOptions } from "./predictions.ts";

const of = (output: Tensor, targets: Tensor, options?: ClassMetricOptions): number => {
  const metric = accuracy(options);
  metric.update(output, targets);
  return metric.value;
};
const ids = (values: number[] | number[][]): Tensor => tensor(values, { dtype: "int32" });

describe("accuracy", () => {
  test("one logit for two classes: right on the side of zero", () => {
    expect(of(tensor([2, -1, 0.1, 0]), tensor([1, 0, 0, 0]))).toBe(0.75);
    expect(of(tensor([[2], [-1]]), tensor([[1], [1]]))).toBe(0.5);
    expect(of(tensor([[2], [-1]]), tensor([1, 0]))).toBe(1);
  });

  test("several classes: the largest logit, the first of equals", () => {
    expect(
      of(
        tensor([
          [1, 3, 2],
          [5, 5, 0],
          [0, 1, 2],
        ]),
        ids([1, 0, 0]),
      ),
    ).toBeCloseTo(2 / 3);
  });

  test("a class at every step: output [N, C, L] for targets [N, L], without the padding", () => {
    const output = tensor([
      [
        [1, 0, 9],
        [0, 1, 0],
      ],
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
    ]); // predictions [[0, 1, 0], [1, 1, 1]]
    expect(
      of(
        output,
        ids([
          [0, 1, 1],
          [1, 0, 1],
        ]),
      ),
    ).toBeCloseTo(4 / 6);
    expect(
      of(
        output,
        ids([
          [0, 1, -100],
          [1, -100, 1],
        ]),
      ),
    ).toBe(1);
    expect(
      of(
        output,
        ids([
          [0, 1, 1],
          [1, 0, 1],
        ]),
        { ignoreIndex: 0 },
      ),
    ).toBeCloseTo(3 / 4);
  });

  test("views are read in their own order", () => {
    const output = tensor([
      [1, 0, 0],
      [0, 2, 1],
    ]).transpose(0, 1); // predictions [0, 1, 1]
    expect(of(output, ids([0, 1, 1]))).toBe(1);
  });

  test("batches add up sample by sample", () => {
    const metric = accuracy();
    metric.update(tensor([1, 1, 1]), tensor([1, 1, 1]));
    metric.update(tensor([1]), tensor([0]));
    expect(metric.value).toBe(0.75);
  });

  test("refuses shapes that fit neither way", () => {
    expect(() =>
      of(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        ids([0, 1, 1]),
      ),
    ).toThrow(
      new ShapeError(
        "accuracy: output of shape [2,2] does not fit targets of shape [3]; expected the same shape (one logit each) or [N, classes, ...] for [N, ...]",
      ),
    );
  });
});
