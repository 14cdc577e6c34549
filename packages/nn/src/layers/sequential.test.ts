import { tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { Variable } from "../autograd/variable.ts";
import { relu } from "../functional/relu.ts";
import { Embedding } from "./embedding.ts";
import { Linear } from "./linear.ts";
import { Sequential } from "./sequential.ts";

describe("Sequential", () => {
  it("applies modules and functions in order", () => {
    const first = new Linear({ inFeatures: 1, outFeatures: 2, bias: false });
    first.loadStateDict({ weight: tensor([[1], [-1]]) });
    const model = new Sequential([first, relu, (x) => relu(x).mul(10)]);
    expect(model.forward(tensor([3])).value.toArray()).toEqual([30, 0]);
  });

  it("numbers its modules by position, functions included", () => {
    const model = new Sequential([
      new Embedding({ numEmbeddings: 4, embeddingDim: 2 }),
      relu,
      new Linear({ inFeatures: 2, outFeatures: 1 }),
    ]);
    expect([...model.stateDict().keys()]).toEqual(["0.weight", "2.weight", "2.bias"]);
    expect(model.forward(zeros([5], { dtype: "int32" })).shape).toEqual([5, 1]);
  });

  it("gives a variable also where the last function gives a tensor", () => {
    const model = new Sequential([relu, (x) => (x as Variable).value.mul(2) as unknown as Variable]);
    const y = model.forward(tensor([3]));
    expect(y).toBeInstanceOf(Variable);
    expect(y.toArray()).toEqual([6]);
  });

  it("needs at least one step", () => {
    expect(() => new Sequential([])).toThrow(new RangeError("Sequential: needs at least one step, got none"));
  });
});
