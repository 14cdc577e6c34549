import { ShapeError, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { conv1d } from "../functional/conv1d.ts";
import { Conv1d } from "./conv1d.ts";

describe("Conv1d", () => {
  it("slides kernels along the sequence", () => {
    const layer = new Conv1d({ inChannels: 2, outChannels: 1, kernelSize: 2 });
    expect(layer).toMatchObject({ inChannels: 2, outChannels: 1, kernelSize: 2 });
    layer.loadStateDict({
      weight: tensor([
        [
          [1, 10],
          [100, 1000],
        ],
      ]),
      bias: tensor([0.5]),
    });
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(layer.forward(x).value.toArray()).toEqual([[5421.5, 6532.5]]);
    expect(layer.forward(x.unsqueeze(0)).shape).toEqual([1, 1, 2]);
  });

  it("pads with zeros, skips with stride and spreads with dilation", () => {
    const x = tensor([[1, 2, 3, 4, 5]]);
    const weight = tensor([[[1, 10]]]);
    expect(conv1d(x, weight, { padding: 1 }).value.toArray()).toEqual([[10, 21, 32, 43, 54, 5]]);
    expect(conv1d(x, weight, { stride: 3 }).value.toArray()).toEqual([[21, 54]]);
    expect(conv1d(x, weight, { dilation: 3 }).value.toArray()).toEqual([[41, 52]]);
  });

  it("keeps groups apart", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const weight = tensor([[[1]], [[10]]]);
    expect(conv1d(x, weight, { groups: 2 }).value.toArray()).toEqual([
      [1, 2],
      [30, 40],
    ]);
  });

  it("says what does not fit", () => {
    const layer = new Conv1d({ inChannels: 4, outChannels: 6, kernelSize: 3, padding: 1, dilation: 4 });
    expect(() => layer.forward(zeros([2, 3, 9]))).toThrow(
      new ShapeError("conv1d: input has shape [2,3,9], expected [N,4,L] or [4,L]"),
    );
    expect(() => layer.forward(zeros([4, 6]))).toThrow(
      new ShapeError("conv1d: a window of 9 steps is longer than the input of 6 with padding 1"),
    );
    expect(() => conv1d(zeros([1, 3]), zeros([3, 1, 2]), { groups: 2 })).toThrow(
      new ShapeError(
        "conv1d: weight has shape [3,1,2], expected [outChannels,inChannels/groups,kernelSize] with outChannels divisible by groups (2)",
      ),
    );
    expect(() => conv1d(zeros([1, 3]), zeros([3, 1, 2]), { bias: zeros([2]) })).toThrow(
      new ShapeError("conv1d: bias has shape [2], expected [3] = [outChannels]"),
    );
    const make = (options: object) => () =>
      new Conv1d({ inChannels: 4, outChannels: 6, kernelSize: 3, ...options });
    expect(make({ stride: 0 })).toThrow(new RangeError("Conv1d: stride must be a positive integer, got 0"));
    expect(make({ padding: -1 })).toThrow(
      new RangeError("Conv1d: padding must be a non-negative integer, got -1"),
    );
    expect(make({ groups: 4 })).toThrow(
      new RangeError("Conv1d: inChannels 4 and outChannels 6 must be divisible by groups 4"),
    );
  });
});
