import { Generator, ShapeError, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { linear } from "../functional/linear.ts";
import { Linear } from "./linear.ts";

describe("Linear", () => {
  it("multiplies by the transposed weight and adds the bias", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 3 });
    layer.loadStateDict({
      weight: tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      bias: tensor([10, 20, 30]),
    });
    expect(
      layer
        .forward(
          tensor([
            [1, 1],
            [0, 2],
          ]),
        )
        .value.toArray(),
    ).toEqual([
      [13, 27, 41],
      [14, 28, 42],
    ]);
  });

  it("takes vectors, batches and empty batches", () => {
    const layer = new Linear({ inFeatures: 3, outFeatures: 2 });
    for (const [shape, expected] of [
      [[3], [2]],
      [
        [4, 3],
        [4, 2],
      ],
      [
        [2, 4, 3],
        [2, 4, 2],
      ],
      [
        [0, 3],
        [0, 2],
      ],
    ] as const) {
      expect(layer.forward(zeros(shape)).shape).toEqual(expected);
    }
    const x = variable(zeros([0, 3]), { requiresGrad: true });
    layer.forward(x).sum().backward();
    expect(layer.weight.grad?.toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("computes no gradient that is not needed", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 2 });
    layer.weight.requiresGrad = false;
    layer
      .forward(tensor([[1, 2]]))
      .sum()
      .backward();
    expect([layer.weight.grad, layer.bias?.grad?.toArray()]).toEqual([null, [1, 1]]);
  });

  it("draws weight, then bias, uniformly in ±1/√inFeatures", () => {
    const layer = new Linear({ inFeatures: 16, outFeatures: 50, generator: new Generator(1) });
    const twin = new Linear({ inFeatures: 16, outFeatures: 50, generator: new Generator(1) });
    const values = [...layer.weight.value.data];
    expect(layer.bias?.value.toArray()).toEqual(twin.bias?.value.toArray());
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.25);
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.24);
  });

  it("has parameters of the wanted type, and no bias if not wanted", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 1, bias: false, dtype: "float64" });
    expect([...layer.stateDict()].map(([key, { dtype }]) => [key, dtype])).toEqual([["weight", "float64"]]);
  });

  it("says what does not fit", () => {
    const layer = new Linear({ inFeatures: 10, outFeatures: 2 });
    expect(() => layer.forward(zeros([5, 3, 12]))).toThrow(
      new ShapeError(
        "Linear.forward: input has 12 features in its last dimension, but inFeatures is 10 (input shape [5,3,12])",
      ),
    );
    expect(() => layer.forward(zeros([]))).toThrow(
      new ShapeError(
        "Linear.forward: input has no features in its last dimension, but inFeatures is 10 (input shape [])",
      ),
    );
    expect(() => layer.forward(zeros([10], { dtype: "int32" }))).toThrow(
      new TypeError('linear: input is int32, expected float32; convert it with .to("float32")'),
    );
    expect(() => layer.forward(zeros([10], { dtype: "float64" }))).toThrow(
      new TypeError('linear: input is float64, but the weights are float32; convert it with .to("float32")'),
    );
    expect(() => new Linear({ inFeatures: 0, outFeatures: 2 })).toThrow(
      new RangeError("Linear: inFeatures must be a positive integer, got 0"),
    );
    expect(() => new Linear({ inFeatures: 2, outFeatures: 1.5 })).toThrow(
      new RangeError("Linear: outFeatures must be a positive integer, got 1.5"),
    );
    expect(() => new Linear({ inFeatures: 2, outFeatures: 1, dtype: "int32" as "float32" })).toThrow(
      new TypeError('Linear: dtype must be "float32" or "float64", got "int32"'),
    );
  });
});

describe("linear", () => {
  it("says what does not fit", () => {
    expect(() => linear(zeros([3]), zeros([2]))).toThrow(
      new ShapeError("linear: weight has shape [2], expected [outFeatures,inFeatures]"),
    );
    expect(() => linear(zeros([4]), zeros([2, 3]))).toThrow(
      new ShapeError(
        "linear: input has 4 features in its last dimension, but weight has 3 (input shape [4], weight shape [2,3])",
      ),
    );
    expect(() => linear(zeros([3]), zeros([2, 3]), zeros([3]))).toThrow(
      new ShapeError("linear: bias has shape [3], expected [2] = [outFeatures]"),
    );
  });
});
