import { expectClose } from "@internal/testing";
import { ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { bceWithLogits } from "./bce-with-logits.ts";
import { binaryCrossEntropy } from "./binary-cross-entropy.ts";
import { crossEntropy } from "./cross-entropy.ts";
import { huberLoss } from "./huber-loss.ts";
import { klDiv } from "./kl-div.ts";
import { l1Loss } from "./l1-loss.ts";
import { mseLoss } from "./mse-loss.ts";
import { nllLoss } from "./nll-loss.ts";
import { smoothL1Loss } from "./smooth-l1-loss.ts";

const labels = (values: number[]): Tensor => tensor(values, { dtype: "int32" });

describe("crossEntropy", () => {
  it("is the negative log-likelihood of the log-softmax", () => {
    const logits = variable(
      [
        [1, 2, 0.5],
        [0.1, -3, 2],
      ],
      { dtype: "float64" },
    );
    const target = labels([1, 0]);
    for (const reduction of ["mean", "sum", "none"] as const) {
      const fused = crossEntropy(logits, target, { reduction });
      const composed = nllLoss(logits.logSoftmax(1), target, { reduction });
      expectClose(fused.value.data, composed.value.data, { rtol: 1e-14, atol: 0 });
    }
  });

  it("stays exact for huge and infinite logits", () => {
    expectClose(crossEntropy(tensor([[1e20, 1e20]]), labels([0])).value.data, [Math.LN2]);
    expect(crossEntropy(tensor([[0, -Infinity]]), labels([0])).item()).toBe(0);
    expect(crossEntropy(tensor([[0, -Infinity]]), labels([1])).item()).toBe(Infinity);
  });

  it("is NaN with zero gradient when every target is ignored", () => {
    const logits = variable(
      [
        [1, 2],
        [3, 4],
      ],
      { requiresGrad: true },
    );
    const loss = crossEntropy(logits, labels([-100, -100]));
    loss.backward();
    expect([loss.item(), logits.grad?.toArray()]).toEqual([
      Number.NaN,
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });

  it("takes an ignoreIndex that is a class", () => {
    const options = { ignoreIndex: 0, reduction: "none" } as const;
    expect(
      crossEntropy(
        tensor([
          [9, 0],
          [0, 0],
        ]),
        labels([0, 1]),
        options,
      ).value.toArray(),
    ).toEqual([0, Math.fround(Math.LN2)]);
  });

  it("agrees for class indices and the probabilities that say the same", () => {
    const logits = tensor(
      [
        [1, 2, 0.5],
        [0.1, -3, 2],
      ],
      { dtype: "float64" },
    );
    const probabilities = tensor(
      [
        [0, 1, 0],
        [1, 0, 0],
      ],
      { dtype: "float64" },
    );
    const options = { labelSmoothing: 0.3, reduction: "none" } as const;
    const [a, b] = [labels([1, 0]), probabilities].map(
      (target) => crossEntropy(logits, target, options).value.data,
    );
    expectClose(a as Float64Array, b as Float64Array, { rtol: 1e-15, atol: 0 });
  });

  it("says what does not fit", () => {
    const logits = zeros([2, 3]);
    expect(() => crossEntropy(logits, labels([0, 3]))).toThrow(
      new RangeError(
        "crossEntropy: target 3 at position [1] is outside 0..2 (3 classes) and is not ignoreIndex (-100)",
      ),
    );
    expect(() => crossEntropy(zeros([3]), zeros([], { dtype: "int32" }).add(3))).toThrow(
      new RangeError("crossEntropy: target 3 is outside 0..2 (3 classes) and is not ignoreIndex (-100)"),
    );
    expect(() => crossEntropy(logits, labels([0]))).toThrow(
      new ShapeError("crossEntropy: target has shape [1], expected [2] for input of shape [2,3]"),
    );
    expect(() => crossEntropy(logits, zeros([2]))).toThrow(
      new ShapeError(
        "crossEntropy: target of float32 has shape [2], expected probabilities of the logits' shape [2,3]; " +
          'class indices must be int32, convert them with .to("int32")',
      ),
    );
    expect(() => crossEntropy(logits, zeros([3, 2]))).toThrow(
      new ShapeError(
        "crossEntropy: target of float32 has shape [3,2], expected probabilities of the logits' shape [2,3]",
      ),
    );
    expect(() => crossEntropy(logits, labels([0, 1]), { weight: zeros([2]) })).toThrow(
      new ShapeError("crossEntropy: weight has shape [2], expected [3], one per class"),
    );
    expect(() => crossEntropy(logits, labels([0, 1]), { labelSmoothing: 2 })).toThrow(
      new RangeError("crossEntropy: labelSmoothing must be between 0 and 1, got 2"),
    );
    expect(() => crossEntropy(zeros([]), labels([0]))).toThrow(
      new ShapeError("crossEntropy: input has shape [], expected [C], [N,C] or [N,C,...]"),
    );
    expect(() => crossEntropy(zeros([2, 3], { dtype: "int32" }), labels([0, 1]))).toThrow(
      new TypeError(
        'crossEntropy: input is int32, expected float32 or float64; convert it with .to("float32")',
      ),
    );
    expect(() => crossEntropy(logits, variable(zeros([2, 3]), { requiresGrad: true }))).toThrow(
      new TypeError(
        "crossEntropy: the target requires a gradient, which is not computed; pass target.detach()",
      ),
    );
    expect(() => crossEntropy(logits, labels([0, 1]), { reduction: "avg" as "mean" })).toThrow(
      new RangeError('crossEntropy: reduction must be "mean", "sum" or "none", got "avg"'),
    );
  });
});

describe("nllLoss", () => {
  it("says what does not fit", () => {
    expect(() => nllLoss(zeros([2, 3]), zeros([2]))).toThrow(
      new TypeError('nllLoss: target is float32, expected int32; convert it with .to("int32")'),
    );
    expect(() =>
      nllLoss(
        zeros([2, 3, 2]),
        tensor(
          [
            [0, 1],
            [-1, 2],
          ],
          { dtype: "int32" },
        ),
      ),
    ).toThrow(
      new RangeError(
        "nllLoss: target -1 at position [1,0] is outside 0..2 (3 classes) and is not ignoreIndex (-100)",
      ),
    );
  });
});

describe("bceWithLogits", () => {
  it("is the cross-entropy of the sigmoid", () => {
    const logits = variable([-2, 0.5, 3], { dtype: "float64" });
    const target = tensor([0, 1, 0.25], { dtype: "float64" });
    const fused = bceWithLogits(logits, target, { reduction: "none" });
    const composed = binaryCrossEntropy(logits.sigmoid(), target, { reduction: "none" });
    expectClose(fused.value.data, composed.value.data, { rtol: 1e-14, atol: 0 });
  });

  it("stays exact for large scores", () => {
    const logits = variable([-1000, 1000, -1000, 1000], { requiresGrad: true });
    const loss = bceWithLogits(logits, tensor([0, 1, 1, 0]), { reduction: "none" });
    loss.sum().backward();
    expect([loss.value.toArray(), logits.grad?.toArray()]).toEqual([
      [0, 0, 1000, 1000],
      [0, 0, -1, 1],
    ]);
  });

  it("weighs positive targets by their own posWeight, and terms by their own weight", () => {
    const ones = tensor([
      [1, 1],
      [1, 0],
    ]);
    const options = { posWeight: tensor([2, 4]), weight: tensor([[1], [10]]), reduction: "none" } as const;
    const loss = bceWithLogits(zeros([2, 2]), ones, options);
    expectClose(
      loss.value.data,
      [2, 4, 20, 10].map((factor) => factor * Math.LN2),
    );
  });

  it("accepts truth values as targets", () => {
    const loss = bceWithLogits(tensor([0, 0]), tensor([true, false]), { reduction: "sum" });
    expectClose([loss.item()], [2 * Math.LN2]);
  });

  it("says what does not fit", () => {
    expect(() => bceWithLogits(zeros([4, 1]), zeros([4]))).toThrow(
      new ShapeError("bceWithLogits: input has shape [4,1], but target has shape [4]; they must be equal"),
    );
    expect(() => bceWithLogits(zeros([4, 2]), zeros([4, 2]), { posWeight: zeros([3]) })).toThrow(
      new ShapeError(
        "bceWithLogits: posWeight has shape [3], which does not broadcast to the input's shape [4,2]",
      ),
    );
    expect(() => bceWithLogits(zeros([4, 2]), zeros([4, 2]), { weight: zeros([3]) })).toThrow(
      new ShapeError(
        "bceWithLogits: weight has shape [3], which does not broadcast to the input's shape [4,2]",
      ),
    );
  });
});

describe("losses of one element each", () => {
  it("refuse shapes that would broadcast by accident", () => {
    for (const [name, loss] of Object.entries({ mseLoss, l1Loss, smoothL1Loss, huberLoss, klDiv })) {
      expect(() => loss(zeros([3, 1]), zeros([3]))).toThrow(
        new ShapeError(`${name}: input has shape [3,1], but target has shape [3]; they must be equal`),
      );
    }
  });

  it("work on views", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]).transpose(0, 1);
    expect(
      mseLoss(
        x,
        tensor([
          [1, 3],
          [2, 4],
        ]),
      ).item(),
    ).toBe(0);
    expect(
      l1Loss(
        x,
        tensor([
          [1, 2],
          [3, 4],
        ]),
        { reduction: "none" },
      ).value.toArray(),
    ).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it("have the dtype of their input", () => {
    expect(mseLoss(zeros([2], { dtype: "float64" }), zeros([2])).dtype).toBe("float64");
    expect(() => mseLoss(zeros([2], { dtype: "int32" }), zeros([2]))).toThrow(
      new TypeError('mseLoss: input is int32, expected float32 or float64; convert it with .to("float32")'),
    );
  });

  it("check their options", () => {
    const x = zeros([2]);
    expect(() => smoothL1Loss(x, x, { beta: -1 })).toThrow(
      new RangeError("smoothL1Loss: beta must not be negative, got -1"),
    );
    expect(() => huberLoss(x, x, { delta: 0 })).toThrow(
      new RangeError("huberLoss: delta must be positive, got 0"),
    );
    expect(() => binaryCrossEntropy(tensor([0.5, 1.5]), x)).toThrow(
      new RangeError(
        "binaryCrossEntropy: input must be between 0 and 1, got 1.5; for scores before a sigmoid use bceWithLogits",
      ),
    );
    expect(() => mseLoss(x, x, { reduction: "batchmean" as "mean" })).toThrow(
      new RangeError('mseLoss: reduction must be "mean", "sum" or "none", got "batchmean"'),
    );
  });

  it("have slope 0 at the corner of the absolute error, and the line's slope at the kinks", () => {
    const x = variable([0, 1, -1, 2], { requiresGrad: true });
    const slope = (loss: typeof mseLoss): unknown => {
      x.grad = null;
      loss(x, zeros([4]), { reduction: "sum" }).backward();
      return (x.grad as Tensor | null)?.toArray();
    };
    expect(slope(l1Loss)).toEqual([0, 1, -1, 1]);
    expect(slope(smoothL1Loss)).toEqual([0, 1, -1, 1]);
    expect(slope(huberLoss)).toEqual([0, 1, -1, 1]);
  });
});

describe("klDiv", () => {
  it("counts 0 log 0 as 0", () => {
    expectClose(
      [klDiv(tensor([[0.25, 0.75]]).log(), tensor([[0, 1]]), { reduction: "sum" }).item()],
      [-Math.log(0.75)],
    );
  });
});
