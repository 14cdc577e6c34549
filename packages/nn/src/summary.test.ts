import { type Tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import type { Variable } from "./autograd/variable.ts";
import { Dropout } from "./layers/dropout.ts";
import { Embedding } from "./layers/embedding.ts";
import { GRU } from "./layers/gru.ts";
import { Linear } from "./layers/linear.ts";
import { LSTM } from "./layers/lstm.ts";
import { RNN } from "./layers/rnn.ts";
import { Module } from "./module.ts";
import { summary } from "./summary.ts";

/** The classifier of the lecture: embedding, RNN, and a linear map of the last hidden state. */
class TextClsModel extends Module {
  readonly emb = this.child("emb", new Embedding({ numEmbeddings: 8, embeddingDim: 4 }));
  readonly rnn = this.child("rnn", new RNN({ inputSize: 4, hiddenSize: 3, batchFirst: true }));
  readonly drop = this.child("drop", new Dropout());
  readonly fc = this.child("fc", new Linear({ inFeatures: 3, outFeatures: 1 }));

  override forward(ids: Tensor): Variable {
    const { output } = this.rnn.forward(this.emb.forward(ids));
    return this.fc.forward(this.drop.forward(output.select(1, -1)));
  }
}

describe("summary", () => {
  it("counts the parameters and finds the shapes of the lecture's classifier", () => {
    const { layers, total, trainable } = summary(new TextClsModel(), [5], { dtype: "int32" });
    expect(layers.filter(({ type }) => type !== "Dropout")).toEqual([
      { name: "emb", type: "Embedding", outputShape: [-1, 5, 4], parameters: 32 },
      { name: "rnn", type: "RNN", outputShape: [-1, 5, 3], parameters: 27 },
      { name: "fc", type: "Linear", outputShape: [-1, 1], parameters: 4 },
    ]);
    expect([total, trainable]).toEqual([63, 63]);
  });

  it("prints a table", () => {
    expect(String(summary(new TextClsModel(), [5], { dtype: "int32" }))).toBe(
      [
        "Layer (type)     Output shape  Parameters",
        "-----------------------------------------",
        "emb (Embedding)  [-1,5,4]              32",
        "rnn (RNN)        [-1,5,3]              27",
        "drop (Dropout)   [-1,3]                 0",
        "fc (Linear)      [-1,1]                 4",
        "-----------------------------------------",
        "Total parameters: 63, trainable: 63",
      ].join("\n"),
    );
  });

  it("finds the batch where it is", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: 3 });
    const [row] = summary(rnn, [5, 4], { batchDim: 1 }).layers;
    expect(row).toEqual({ name: "", type: "RNN", outputShape: [5, -1, 3], parameters: 27 });
  });

  it("knows that the batch of a recurrent layer comes second, or first", () => {
    const shapes = [RNN, LSTM, GRU].flatMap((Layer) =>
      [false, true].map((batchFirst) => {
        const layer = new Layer({ inputSize: 3, hiddenSize: 4, batchFirst });
        return summary(layer, [5, 3]).layers[0]?.outputShape;
      }),
    );
    expect(shapes).toEqual(
      [0, 1, 2].flatMap(() => [
        [5, -1, 4],
        [-1, 5, 4],
      ]),
    );
  });

  it("counts what is frozen, and shared parameters once", () => {
    class Tied extends Module {
      readonly a = this.child("a", new Linear({ inFeatures: 2, outFeatures: 2 }));
      readonly b = this.child("b", this.a);
      override forward(x: Tensor): Variable {
        return this.b.forward(this.a.forward(x));
      }
    }
    const model = new Tied();
    model.a.weight.requiresGrad = false;
    const { layers, total, trainable } = summary(model, [2]);
    expect([layers.length, total, trainable]).toEqual([1, 6, 2]);
  });

  it("leaves the model as it was, also after an error", () => {
    const model = new TextClsModel();
    model.rnn.eval();
    summary(model, [5], { dtype: "int32" });
    expect(() => summary(model, [5])).toThrow(
      new TypeError(
        'Embedding.forward: indices are float32, expected int32; convert them with .to("int32"); ' +
          'summary ran the model on float32; for token ids pass { dtype: "int32" }',
      ),
    );
    expect(() => summary(model, [5], { dtype: "float64" })).toThrow(
      new TypeError('Embedding.forward: indices are float64, expected int32; convert them with .to("int32")'),
    );
    expect([model.training, model.rnn.training, model.drop.training]).toEqual([true, false, true]);
    expect(Object.hasOwn(model.fc, "forward")).toBe(false);
    expect(model.forward(zeros([2, 5], { dtype: "int32" })).requiresGrad).toBe(true);
  });
});
