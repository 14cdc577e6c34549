import { type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { embedding } from "../functional/embedding.ts";
import { linear } from "../functional/linear.ts";
import { constant } from "../init/constant.ts";
import { Embedding } from "../layers/embedding.ts";
import { GRU } from "../layers/gru.ts";
import { Linear } from "../layers/linear.ts";
import { LSTM } from "../layers/lstm.ts";
import { RNN } from "../layers/rnn.ts";
import { noGrad } from "./no-grad.ts";
import { Parameter } from "./parameter.ts";
import { record } from "./record.ts";
import { type Variable, variable } from "./variable.ts";

/** What backward says of a parameter that an operation had used. */
function refusal(parameter: string, operation: string): string {
  return (
    `backward: parameter ${parameter} was changed after "${operation}" had used it, so the gradients would be wrong; ` +
    "call backward() before optimizer.step(), loadStateDict() and the like, or compute the loss again"
  );
}

function parameter(values: number[] | number[][], requiresGrad = true): Parameter {
  return new Parameter(tensor(values), { requiresGrad });
}

describe("a parameter changed between forward and backward", () => {
  it("is refused where its value is read, before any gradient is added", () => {
    const [w, other] = [parameter([2]), parameter([3])];
    const loss = w.mul(w).add(other).sum();
    w.markChanged();
    expect(() => loss.backward()).toThrow(new Error(refusal("of shape [1]", "mul")));
    expect(other.grad).toBeNull();
    w.mul(w).sum().backward();
    expect(w.grad?.toArray()).toEqual([4]);
  });

  it("is refused through views, frozen, and in operations of one's own", () => {
    const w = parameter([[1, 2]]);
    const x = variable([[3], [4]], { requiresGrad: true });
    const viewed = w.transpose(0, 1).mul(x).sum();
    const reshaped = w.reshape([2, 1]).mul(x).sum();
    const frozen = parameter([[5], [6]], false);
    const scaled = frozen.mul(x).sum();
    const { value } = w;
    const own = record("cube", [w], value.pow(3), (dy: Tensor) => [dy.mul(value.pow(2)).mul(3)]).sum();
    w.markChanged();
    frozen.markChanged();
    expect(() => viewed.backward()).toThrow(new Error(refusal("of shape [1,2]", "mul")));
    expect(() => reshaped.backward()).toThrow(new Error(refusal("of shape [1,2]", "mul")));
    expect(() => scaled.backward()).toThrow(new Error(refusal("of shape [2,1]", "mul")));
    expect(() => own.backward()).toThrow(new Error(refusal("of shape [1,2]", "cube")));
  });

  it("is refused in a second walk of a graph that was kept", () => {
    const w = parameter([2]);
    const loss = w.mul(w).sum();
    loss.backward(undefined, { retainGraph: true });
    w.markChanged();
    expect(() => loss.backward()).toThrow(new Error(refusal("of shape [1]", "mul")));
  });

  it.each([
    ["LSTM", new LSTM({ inputSize: 2, hiddenSize: 3 }), "lstmSequence"],
    ["GRU", new GRU({ inputSize: 2, hiddenSize: 3 }), "gruSequence"],
    ["RNN", new RNN({ inputSize: 2, hiddenSize: 3 }), "rnnSequence"],
  ])("is refused in a run of %s after loadStateDict", (_, layer, operation) => {
    const loss = layer.forward(variable(zeros([4, 1, 2]))).output.sum();
    layer.loadStateDict(layer.stateDict());
    expect(() => loss.backward()).toThrow(new Error(refusal('"weight_hh_l0"', operation)));
    expect(() =>
      layer
        .forward(zeros([4, 1, 2]))
        .output.sum()
        .backward(),
    ).not.toThrow();
  });

  it("is refused after an initialiser wrote it", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 1 });
    const x = variable([[1, 2]], { requiresGrad: true });
    const loss = layer.forward(x).sum();
    constant(layer.weight, 1);
    expect(() => loss.backward()).toThrow(new Error(refusal('"weight"', "linear")));
  });

  it("is refused after maxNorm scaled a row, but not by the lookup itself", () => {
    const table = new Embedding({ numEmbeddings: 2, embeddingDim: 2, maxNorm: 1 });
    table.loadStateDict({
      weight: tensor([
        [3, 4],
        [0, 0.5],
      ]),
    });
    const ids = (id: number): Tensor => tensor([id], { dtype: "int32" });
    const squares = table.weight.mul(table.weight).sum();
    const small = table.forward(ids(1)).sum();
    squares.backward(undefined, { retainGraph: true });
    const large = table.forward(ids(0)).sum();
    expect(() => squares.backward()).toThrow(new Error(refusal('"weight"', "mul")));
    small.backward();
    large.backward();
    expect(table.weight.grad?.toArray()).toEqual([
      [7, 9],
      [1, 2],
    ]);
  });
});

describe("a parameter changed where nobody reads it", () => {
  const changed = (loss: Variable, ...parameters: Parameter[]) => {
    for (const each of parameters) each.markChanged();
    return () => loss.backward();
  };

  it("is fine in sums, biases, lookups and for the weight of an input without gradient", () => {
    const [w, b] = [parameter([[1, 2]]), parameter([1])];
    const x = variable([[1, 2]], { requiresGrad: true });
    const ids = tensor([0], { dtype: "int32" });
    expect(changed(w.add(1).sub(w).sum(), w)).not.toThrow();
    expect(changed(linear(x, w, b).sum(), b)).not.toThrow();
    expect(changed(linear(x.detach(), w, b).sum(), w, b)).not.toThrow();
    expect(changed(embedding(ids, w).sum(), w)).not.toThrow();
    expect(changed(w.mul(2).div(4).exp().sum(), w)).not.toThrow();
  });

  it("is fine once it was copied or converted", () => {
    const w = parameter([1, 2]);
    expect(changed(w.clone().mul(3).sum(), w)).not.toThrow();
    expect(changed(w.to("float64").mul(2).sum(), w)).not.toThrow();
    expect(w.grad?.toArray()).toEqual([5, 5]);
  });

  it("is fine in the biases of a run, and in its input weights if the input has no gradient", () => {
    for (const layer of [LSTM, GRU, RNN].map((Layer) => new Layer({ inputSize: 2, hiddenSize: 3 }))) {
      const loss = (layer.forward(zeros([4, 1, 2])).output as Variable).sum();
      const unread = layer.namedParameters().filter(([name]) => name !== "weight_hh_l0");
      expect(unread.length).toBe(3);
      expect(changed(loss, ...unread.map(([, each]) => each))).not.toThrow();
    }
  });

  it("is fine detached, without gradients, and in another graph", () => {
    const [w, other] = [parameter([2]), parameter([3])];
    const x = variable([5], { requiresGrad: true });
    expect(changed(w.detach().add(x).sum(), w)).not.toThrow();
    const constantFactor = noGrad(() => w.mul(w));
    expect(changed(constantFactor.mul(x).sum(), w)).not.toThrow();
    expect(changed(other.mul(x).sum(), w)).not.toThrow();
    expect(x.grad?.toArray()).toEqual([1 + 4 + 3]);
  });
});
