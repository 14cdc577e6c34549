import { expectClose } from "@internal/testing";
import { ShapeError, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { layerNorm } from "../functional/layer-norm.ts";
import { LayerNorm } from "./layer-norm.ts";

describe("LayerNorm", () => {
  it("gives each row mean 0 and variance 1, whatever its size", () => {
    const layer = new LayerNorm({ normalizedShape: [2, 2], eps: 0 });
    const y = layer.forward(
      tensor([
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1e4, 2e4],
          [3e4, 4e4],
        ],
      ]),
    ).value;
    const row = [-1.5, -0.5, 0.5, 1.5].map((d) => d / Math.sqrt(1.25));
    expectClose(y.data, [...row, ...row]);
  });

  it("starts with weight 1 and bias 0, or without them", () => {
    const state = [...new LayerNorm({ normalizedShape: 2, dtype: "float64" }).stateDict()];
    expect(state.map(([key, t]) => [key, t.dtype, t.toArray()])).toEqual([
      ["weight", "float64", [1, 1]],
      ["bias", "float64", [0, 0]],
    ]);
    expect(new LayerNorm({ normalizedShape: 2, elementwiseAffine: false }).parameters()).toEqual([]);
  });

  it("says what does not fit", () => {
    expect(() => new LayerNorm({ normalizedShape: [3, 2] }).forward(zeros([2, 3]))).toThrow(
      new ShapeError("layerNorm: input has shape [2,3], whose last dimensions are not normalizedShape [3,2]"),
    );
    expect(() => layerNorm(zeros([2, 3]), [3], { bias: zeros([2]) })).toThrow(
      new ShapeError("layerNorm: bias has shape [2], expected [3] = normalizedShape"),
    );
    expect(() => new LayerNorm({ normalizedShape: 2 }).forward(zeros([1, 2], { dtype: "float64" }))).toThrow(
      new TypeError('layerNorm: weight is float32, but the input is float64; convert it with .to("float64")'),
    );
    expect(() => layerNorm(zeros([1, 2]), [2], { bias: zeros([2], { dtype: "int32" }) })).toThrow(
      new TypeError('layerNorm: bias is int32, but the input is float32; convert it with .to("float32")'),
    );
    expect(() => new LayerNorm({ normalizedShape: [] })).toThrow(
      new RangeError("LayerNorm: normalizedShape needs at least one dimension, got []"),
    );
    expect(() => new LayerNorm({ normalizedShape: [2, 0] })).toThrow(
      new RangeError("LayerNorm: normalizedShape must be a positive integer, got 0"),
    );
  });
});
