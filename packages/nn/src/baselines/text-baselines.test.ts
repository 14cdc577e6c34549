import { expectClose } from "@internal/testing";
import { Generator, ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Variable } from "../autograd/variable.ts";
import { bceWithLogits } from "../functional/bce-with-logits.ts";
import { Embedding } from "../layers/embedding.ts";
import { GRU } from "../layers/gru.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import { finalFeatures } from "../recurrent/final-features.ts";
import { BagOfWords } from "./bag-of-words.ts";
import { ConcatMLP } from "./concat-mlp.ts";
import { HiddenMarkovModel } from "./hidden-markov-model.ts";
import { TextCNN } from "./text-cnn.ts";

const int = (rows: readonly (readonly number[])[]): Tensor =>
  tensor(Int32Array.from(rows.flat()), { shape: [rows.length, rows[0]?.length ?? 0] });
const shapes = (model: Module): unknown => [...model.stateDict()].map(([name, { shape }]) => [name, shape]);

/** Texts with the id 7, and texts without. */
const rows = [
  [7, 2, 3, 4],
  [2, 7, 4, 4],
  [3, 3, 7, 2],
  [4, 2, 3, 7],
  [2, 2, 3, 4],
  [4, 4, 3, 3],
  [3, 2, 4, 2],
  [2, 3, 2, 4],
];
const target = tensor([1, 1, 1, 1, 0, 0, 0, 0]);

type Classifier = Module & { forward(ids: Tensor, options?: { lengths: number[] }): Variable };

/** Gradient descent until the classifier tells the texts apart. */
function learn(model: Classifier): number {
  const ids = int(rows);
  const lengths = rows.map(({ length }) => length);
  let loss = Number.NaN;
  for (let step = 0; step < 150; step++) {
    model.zeroGrad();
    const value = bceWithLogits(model.forward(ids, { lengths }).squeeze(1), target);
    value.backward();
    loss = value.item();
    for (const { value: weights, grad } of model.parameters()) {
      grad?.data.forEach((gradient, i) => {
        weights.data[i]! -= 0.5 * gradient;
      });
    }
  }
  return loss;
}

describe("what the baselines are compared with", () => {
  it("a recurrent classifier learns the same texts by the same calls", () => {
    const generator = new Generator(3);
    class Recurrent extends Module {
      readonly embedding = this.child(
        "embedding",
        new Embedding({ numEmbeddings: 8, embeddingDim: 3, generator }),
      );
      readonly gru = this.child("gru", new GRU({ inputSize: 3, hiddenSize: 8, batchFirst: true, generator }));
      readonly fc = this.child("fc", new Linear({ inFeatures: 8, outFeatures: 1, generator }));

      override forward(ids: Tensor, { lengths }: { lengths?: number[] } = {}): Variable {
        return this.fc.forward(finalFeatures(this.gru.forward(this.embedding.forward(ids), { lengths })));
      }
    }
    expect(learn(new Recurrent())).toBeLessThan(0.1);
  });

  it("hidden Markov models, one per class, learn the same texts", () => {
    const models = [1, 0].map((label) => {
      const model = HiddenMarkovModel.random({ numStates: 2, numSymbols: 8, generator: new Generator(1) });
      model.fit(rows.filter((_, n) => target.data[n] === label));
      return model;
    });
    for (const [n, row] of rows.entries()) {
      const [withSeven = 0, without = 0] = models.map((model) => model.logLikelihood(row));
      expect(Number(withSeven > without)).toBe(target.data[n]);
    }
  });
});

/** The same logits, whatever a row was padded with, and however far. */
function expectNoPadding(
  model: Module & { forward(ids: Tensor, options?: { lengths: number[] }): Variable },
  steps?: number,
): void {
  const texts = fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: steps ?? 6 }), {
    minLength: 1,
    maxLength: 4,
  });
  const padded = (texts: number[][], length: number, filler: number): Tensor => {
    const block = texts.flatMap((text) => [...text, ...Array<number>(length - text.length).fill(filler)]);
    return tensor(Int32Array.from(block), { shape: [texts.length, length] });
  };
  fc.assert(
    fc.property(texts, fc.nat(3), fc.nat(7), (texts, extra, filler) => {
      const longest = Math.max(...texts.map(({ length }) => length)) + extra;
      const lengths = texts.map(({ length }) => length);
      const together = model.forward(padded(texts, steps ?? longest, filler), { lengths });
      texts.forEach((text, n) => {
        const alone = model.forward(padded([text], steps ?? text.length, 0), { lengths: [text.length] });
        expectClose(together.value.select(0, n).toArray() as number[], alone.value.data);
      });
    }),
    { numRuns: 50, seed: 8 },
  );
}

describe("BagOfWords", () => {
  const options = { numEmbeddings: 8, outFeatures: 2 };

  it("is a linear layer on the counts of the words", () => {
    const ids = int([
      [1, 2, 1, 7],
      [3, 3, 3, 0],
    ]);
    const counts = tensor([
      [0, 2, 1, 0, 0, 0, 0, 1],
      [0, 0, 0, 3, 0, 0, 0, 0],
    ]);
    for (const mode of ["sum", "mean"] as const) {
      const model = new BagOfWords({ ...options, mode, paddingIdx: 0, generator: new Generator(1) });
      const [bias, weight] = [...model.stateDict().values()] as [Tensor, Tensor];
      const words = mode === "sum" ? counts : counts.div(counts.sum({ dim: 1, keepdim: true }));
      expectClose(model.forward(ids).value.data, words.matmul(weight).add(bias).data);
    }
  });

  it("may have hidden layers", () => {
    const model = new BagOfWords({ ...options, hiddenSize: [5, 3], generator: new Generator(1) });
    expect(shapes(model)).toEqual([
      ["bias", [5]],
      ["words.weight", [8, 5]],
      ["mlp.0.weight", [3, 5]],
      ["mlp.0.bias", [3]],
      ["mlp.2.weight", [2, 3]],
      ["mlp.2.bias", [2]],
    ]);
    expect(model.forward(int([[1, 2]])).shape).toEqual([1, 2]);
  });

  it("does not depend on how far a row was padded, nor with what", () => {
    expectNoPadding(new BagOfWords({ ...options, generator: new Generator(2) }));
  });

  it("learns", () => {
    const generator = new Generator(3);
    expect(learn(new BagOfWords({ numEmbeddings: 8, outFeatures: 1, generator }))).toBeLessThan(0.1);
    expect(
      learn(new BagOfWords({ numEmbeddings: 8, outFeatures: 1, hiddenSize: 8, generator })),
    ).toBeLessThan(0.1);
  });

  it("says what does not fit", () => {
    const model = new BagOfWords(options);
    expect(() => model.forward(zeros([2], { dtype: "int32" }))).toThrow(
      new ShapeError("BagOfWords.forward: ids have shape [2], expected [N,L]"),
    );
    expect(() => model.forward(int([[8]]))).toThrow(
      new RangeError("BagOfWords.forward: index 8 at position [0,0] is outside 0..7 (numEmbeddings 8)"),
    );
    expect(() => model.forward(int([[1]]), { lengths: [2] })).toThrow(
      new RangeError(
        "BagOfWords.forward: lengths[0] must be an integer from 0 to 1, the number of steps, got 2",
      ),
    );
    expect(() => new BagOfWords({ numEmbeddings: 0, outFeatures: 1 })).toThrow(
      new RangeError("BagOfWords: numEmbeddings must be a positive integer, got 0"),
    );
  });
});

describe("ConcatMLP", () => {
  const options = { numEmbeddings: 8, embeddingDim: 3, sequenceLength: 4, outFeatures: 1 };

  it("is a perceptron on the embeddings side by side", () => {
    const model = new ConcatMLP({ ...options, hiddenSize: 5, generator: new Generator(1) });
    const [table, w1, b1, w2, b2] = [...model.stateDict().values()] as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const ids = int([[1, 2, 7, 0]]);
    const x = table.indexSelect(0, ids.flatten()).reshape([12]);
    const expected = w2.matmul(w1.matmul(x).add(b1).relu()).add(b2);
    expectClose(model.forward(ids).value.data, expected.data);
  });

  it("names its parameters by position", () => {
    expect(shapes(new ConcatMLP({ ...options, hiddenSize: [6, 5], dropout: 0.5 }))).toEqual([
      ["embedding.weight", [8, 3]],
      ["mlp.0.weight", [6, 12]],
      ["mlp.0.bias", [6]],
      ["mlp.2.weight", [5, 6]],
      ["mlp.2.bias", [5]],
      ["mlp.5.weight", [1, 5]],
      ["mlp.5.bias", [1]],
    ]);
    expect(shapes(new ConcatMLP({ ...options, hiddenSize: [] }))).toEqual([
      ["embedding.weight", [8, 3]],
      ["mlp.0.weight", [1, 12]],
      ["mlp.0.bias", [1]],
    ]);
  });

  it("may map every token with shared weights first", () => {
    const model = new ConcatMLP({ ...options, sharedSize: 2, hiddenSize: [], generator: new Generator(1) });
    expect(shapes(model)).toEqual([
      ["embedding.weight", [8, 3]],
      ["shared.weight", [2, 3]],
      ["shared.bias", [2]],
      ["mlp.0.weight", [1, 8]],
      ["mlp.0.bias", [1]],
    ]);
    const [table, w, b, v, c] = [...model.stateDict().values()] as [Tensor, Tensor, Tensor, Tensor, Tensor];
    const z = [1, 2, 7, 0].flatMap((id) => [...w.matmul(table.select(0, id)).add(b).data]);
    expectClose(model.forward(int([[1, 2, 7, 0]])).value.data, v.matmul(tensor(z)).add(c).data);
  });

  it("does not look past the end of a text", () => {
    expectNoPadding(new ConcatMLP({ ...options, generator: new Generator(2) }), 4);
  });

  it("learns", () => {
    expect(learn(new ConcatMLP({ ...options, hiddenSize: 16, generator: new Generator(3) }))).toBeLessThan(
      0.1,
    );
  });

  it("says what does not fit", () => {
    expect(() => new ConcatMLP(options).forward(zeros([2, 5], { dtype: "int32" }))).toThrow(
      new ShapeError("ConcatMLP.forward: ids have shape [2,5], expected [N,4] = [N,sequenceLength]"),
    );
    expect(() => new ConcatMLP({ ...options, sequenceLength: 0 })).toThrow(
      new RangeError("ConcatMLP: sequenceLength must be a positive integer, got 0"),
    );
    expect(() => new ConcatMLP({ ...options, hiddenSize: [3, 0] })).toThrow(
      new RangeError("ConcatMLP: hiddenSize must be a positive integer, got 0"),
    );
  });
});

describe("TextCNN", () => {
  const options = { numEmbeddings: 8, embeddingDim: 3, kernelSizes: [2, 3], numKernels: 4, outFeatures: 1 };

  it("gives the strongest response of each kernel to a linear layer", () => {
    const model = new TextCNN({ ...options, kernelSizes: [2], numKernels: 1, generator: new Generator(1) });
    expect(shapes(model)).toEqual([
      ["embedding.weight", [8, 3]],
      ["convs.0.weight", [1, 3, 2]],
      ["convs.0.bias", [1]],
      ["linear.weight", [1, 1]],
      ["linear.bias", [1]],
    ]);
    const [table, kernel, bias, w, b] = [...model.stateDict().values()] as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const row = [1, 2, 7, 0];
    const responses = [0, 1, 2].map((t) => {
      const window = table.indexSelect(0, int([row.slice(t, t + 2)]).flatten()); // [2, 3]
      return window.transpose(0, 1).mul(kernel.select(0, 0)).sum().item() + bias.item();
    });
    const strongest = Math.max(0, ...responses);
    expectClose(model.forward(int([row])).value.data, [strongest * w.item() + b.item()]);
  });

  it("does not depend on how far a row was padded, nor with what", () => {
    const model = new TextCNN({ ...options, paddingIdx: 0, generator: new Generator(2) }).eval();
    expectNoPadding(model);
  });

  it("learns", () => {
    expect(learn(new TextCNN({ ...options, numKernels: 8, generator: new Generator(3) }))).toBeLessThan(0.1);
  });

  it("drops units in training only", () => {
    const model = new TextCNN({ ...options, dropout: 0.5, generator: new Generator(4) });
    const ids = int([[1, 2, 3, 4]]);
    const draws = Array.from({ length: 8 }, () => model.forward(ids).item());
    expect(new Set(draws).size).toBeGreaterThan(1);
    model.eval();
    expect(model.forward(ids).item()).toBe(model.forward(ids).item());
  });

  it("says what does not fit", () => {
    const ids = zeros([2, 5], { dtype: "int32" });
    expect(() => new TextCNN(options).forward(zeros([5], { dtype: "int32" }))).toThrow(
      new ShapeError("TextCNN.forward: ids have shape [5], expected [N,L]"),
    );
    expect(() => new TextCNN(options).forward(ids, { lengths: [6, 1] })).toThrow(
      new RangeError(
        "TextCNN.forward: lengths[0] must be an integer from 0 to 5, the number of steps, got 6",
      ),
    );
    expect(() => new TextCNN({ ...options, kernelSizes: [] })).toThrow(
      new RangeError("TextCNN: kernelSizes must be a list of at least one size, got an empty array"),
    );
  });
});
