import { tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { relu } from "../functional/relu.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { tanh } from "../functional/tanh.ts";
import { ReLU, Sigmoid, Tanh } from "./activations.ts";
import { Flatten } from "./flatten.ts";
import { Linear } from "./linear.ts";
import { Sequential } from "./sequential.ts";

describe("activations", () => {
  it.each([
    [new Tanh(), tanh],
    [new ReLU(), relu],
    [new Sigmoid(), sigmoid],
  ] as const)("%s as a module does what the function does, and has no parameters", (module, fn) => {
    const x = tensor([-2, -0.5, 0, 3]);
    expect(module.forward(x).value.toArray()).toEqual(fn(x).value.toArray());
    expect(module.parameters()).toEqual([]);
  });

  it("take a position in Sequential, as in PyTorch", () => {
    const model = new Sequential([new Tanh(), new Linear({ inFeatures: 2, outFeatures: 1 })]);
    expect([...model.stateDict().keys()]).toEqual(["1.weight", "1.bias"]);
  });
});

describe("Flatten", () => {
  it("keeps the batch by default, and joins what is asked for", () => {
    expect(new Flatten().forward(zeros([2, 3, 4, 5])).shape).toEqual([2, 60]);
    expect(new Flatten({ startDim: 0, endDim: -2 }).forward(zeros([2, 3, 4])).shape).toEqual([6, 4]);
  });

  it("says when the dimensions are in the wrong order", () => {
    expect(() => new Flatten({ startDim: 2, endDim: 1 }).forward(zeros([2, 3, 4]))).toThrow(
      new RangeError("flatten: startDim 2 comes after endDim 1"),
    );
  });
});
