import { ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { accuracy } from "./accuracy.ts";
import type { PredictionOptions } from "./predictions.ts";

const of = (output: Tensor, targets: Tensor, options?: PredictionOptions): number => {
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

  test("says how to bring classes in the last dimension into form", () => {
    expect(() => of(zeros([4, 5, 3]), zeros([4, 5]))).toThrow(
      new ShapeError(
        "accuracy: output of shape [4,5,3] does not fit targets of shape [4,5]; expected the same shape (one logit each) or [N, classes, ...] for [N, ...]; if the last dimension is the classes, pass output.reshape([-1, 3]) and targets.flatten()",
      ),
    );
  });

  test("targets of the output's shape are probabilities of the classes, such as one-hot rows", () => {
    const output = tensor([
      [3.1, 3.4, 3.2],
      [0.8, 0.1, 0.1],
    ]);
    expect(
      of(
        output,
        tensor([
          [0, 1, 0],
          [0.2, 0.5, 0.3],
        ]),
      ),
    ).toBe(0.5);
    const overTime = tensor([
      [
        [1, 0],
        [3, -1],
      ],
    ]); // classes [1, 0] of two steps
    expect(
      of(
        overTime,
        tensor([
          [
            [0, 0],
            [1, 1],
          ],
        ]),
      ),
    ).toBe(0.5);
  });

  test("several yes or no per sample: with multilabel", () => {
    const output = tensor([
      [2, -1, 3],
      [-1, -1, 1],
    ]);
    const targets = tensor([
      [1, 0, 1],
      [1, -100, 1],
    ]);
    expect(of(output, targets, { multilabel: true })).toBe(4 / 5);
  });

  test("probabilities of one output have their threshold at a half", () => {
    expect(of(tensor([0.1, 0.6, 0.5]), tensor([0, 1, 0]), { threshold: 0.5 })).toBe(1);
    expect(of(tensor([[0.1], [0.6]]), ids([0, 1]), { threshold: 0.5 })).toBe(1);
  });

  test("NaN is never right", () => {
    expect(of(tensor([Number.NaN, -1]), tensor([0, 0]))).toBe(0.5);
    expect(of(tensor([[0, Number.NaN, -1]]), ids([0]))).toBe(0);
    expect(of(tensor([[Number.NaN, 0]]), tensor([[0, 1]]))).toBe(0);
  });

  test.each<[Tensor, Tensor, PredictionOptions, Error]>([
    [
      tensor([1, 1]),
      tensor([1, 0.7]),
      {},
      new RangeError(
        `accuracy: target 1 is ${tensor([0.7]).item()}; with one output for two classes it must be 0 or 1`,
      ),
    ],
    [
      tensor([[1], [1]]),
      ids([1, 2]),
      {},
      new RangeError("accuracy: target 1 is 2; with one output for two classes it must be 0 or 1"),
    ],
    [
      tensor([[1, 2]]),
      tensor([0.5]),
      {},
      new RangeError("accuracy: target 0 is 0.5, which is no class 0..1"),
    ],
    [
      tensor([[1, 2]]),
      tensor([[1, 1]]),
      {},
      new RangeError(
        "accuracy: targets of the output's shape must be probabilities of the classes, but those of sample 0 add up to 2; for a yes or no in every element pass multilabel: true",
      ),
    ],
    [
      tensor([[1, 2]]),
      tensor([[2, -1]]),
      {},
      new RangeError(
        "accuracy: targets of the output's shape must be probabilities of the classes, but those of sample 0 are not all >= 0; for a yes or no in every element pass multilabel: true",
      ),
    ],
    [
      tensor([[1, 2]]),
      ids([1]),
      { multilabel: true },
      new ShapeError(
        "accuracy: output of shape [1,2] does not fit targets of shape [1]; expected the same shape, with multilabel",
      ),
    ],
    [
      tensor([1]),
      tensor([1]),
      { threshold: "0.5" as never },
      new RangeError('accuracy: threshold must be a finite number, got "0.5"'),
    ],
    [
      tensor([1]),
      tensor([1]),
      { multilabel: 1 as never },
      new TypeError("accuracy: multilabel must be true or false, got 1"),
    ],
    [
      [1] as never,
      tensor([1]),
      {},
      new TypeError("accuracy: output must be a Tensor, got [1]; make it with tensor(...)"),
    ],
    [
      tensor([1]),
      [1] as never,
      {},
      new TypeError("accuracy: targets must be a Tensor, got [1]; make it with tensor(...)"),
    ],
  ])("refuses case %#", (output, targets, options, error) => {
    expect(() => of(output, targets, options)).toThrow(error);
  });
});
