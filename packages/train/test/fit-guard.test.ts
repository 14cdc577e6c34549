import { Embedding, GRU, Linear, Module, mseLoss, Parameter, type Variable } from "@rnn/nn";
import { Generator, type Tensor, tensor, zeros } from "@rnn/tensor";
import { fit, SGD } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { collect, Scalar } from "./toy.ts";

const training = (model: Scalar, learningRate = 0.25) => ({
  optimizer: new SGD(model.parameters(), { learningRate }),
  epochs: 3,
  loss: (x: number) => model.forward(x),
});

describe("numbers that are not finite end the training", () => {
  test("a loss: event and error name step and operation; nothing is updated with it", async () => {
    const model = new Scalar();
    const { events, error } = await collect(fit(model, [4, Number.NaN, 8], training(model)));
    const message =
      'loss is NaN at step 2 (epoch 1); "sub" in Scalar gave NaN; input 1 is NaN; ' +
      "the last finite loss was 16 at step 1; try a smaller learningRate or clipNorm";
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "non-finite", message, epochs: 0, steps: 1 });
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: `fit: ${message}`, cause: { name: "AnomalyError" } });
    expect(model.value).toBe(2);
  });

  test("at the first step the advice is another one", async () => {
    const model = new Scalar();
    const { error } = await collect(fit(model, [Number.POSITIVE_INFINITY], training(model)));
    expect(error).toEqual(
      new RangeError(
        "fit: loss is Infinity at step 1 (epoch 1); nothing was updated yet, so look for it in the data, the loss or the initial weights",
      ),
    );
  });

  test("with clipNorm a gradient ends it too, and the parameter is named", async () => {
    const model = new Scalar();
    const other = new Parameter(tensor(1));
    other.name = "other";
    const optimizer = new SGD([other, model.w], { learningRate: 0.1 });
    const { error } = await collect(
      fit(model, [0], {
        optimizer,
        epochs: 1,
        clipNorm: 1,
        // the root has an infinite slope at 0
        loss: () => model.w.sqrt().add(other.mul(2)),
      }),
    );
    expect(error).toMatchObject({
      message:
        'fit: gradient norm is Infinity at step 1 (epoch 1); first non-finite gradient: "w"; ' +
        'the backward of "sqrt" of "w" gave Infinity for input 0, parameter "w"; ' +
        "the gradient that reached it is finite; " +
        "nothing was updated yet, so look for it in the data, the loss or the initial weights",
    });
    expect([model.value, other.value.item()]).toEqual([0, 1]);
  });

  test("a parameter that an update made infinite is named", async () => {
    const model = new Scalar();
    const { error } = await collect(fit(model, [1, 2], training(model, 1e308)));
    expect(error).toMatchObject({
      message:
        'fit: loss is Infinity at step 2 (epoch 1); parameter "w" itself is not finite; ' +
        "the last finite loss was 1 at step 1; try a smaller learningRate or clipNorm",
    });
  });

  test("also in chunks", async () => {
    const model = new Scalar();
    const { error } = await collect(
      fit(model, [0], { ...training(model), chunks: () => [{ loss: 2 }, { loss: Number.NaN }] }),
    );
    expect(error).toEqual(
      new RangeError(
        "fit: loss is NaN at step 2 (epoch 1); the last finite loss was 2 at step 1; try a smaller learningRate or clipNorm",
      ),
    );
  });
});

test("in a recurrent network layer and time step are named", async () => {
  class Model extends Module {
    readonly embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings: 3, embeddingDim: 2, generator: new Generator(1) }),
    );
    readonly encoder = this.child(
      "encoder",
      new GRU({ inputSize: 2, hiddenSize: 4, generator: new Generator(2) }),
    );
    readonly head = this.child(
      "head",
      new Linear({ inFeatures: 4, outFeatures: 1, generator: new Generator(3) }),
    );

    override forward(ids: Tensor): Variable {
      const x = this.embedding.forward(ids);
      // word 2 gives an infinite feature
      const infinite = x.div(tensor(Array.from(ids.data, (id) => [[id === 2 ? 0 : 1]])));
      return this.head.forward(this.encoder.forward(infinite).output.select(0, -1));
    }
  }
  const model = new Model();
  const words = [0, 1, 0, 2, 1];
  const { error } = await collect(
    fit(
      model,
      [
        tensor(
          words.map((id) => [id]),
          { dtype: "int32" },
        ),
      ],
      {
        optimizer: new SGD(model.parameters()),
        epochs: 1,
        loss: (ids) => mseLoss(model.forward(ids), zeros([1, 1])),
        clipNorm: 1,
      },
    ),
  );
  expect((error as Error).message).toMatch(
    /^fit: (loss|gradient norm) is .+ at step 1 \(epoch 1\); .*"div" in Model gave -?Infinity (in step 3, )?at position \[3,0,0\] of \[5,1,2\]/,
  );
});
