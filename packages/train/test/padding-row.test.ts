import { Embedding, EmbeddingBag } from "@rnn/nn";
import { ones, tensor } from "@rnn/tensor";
import { Adagrad, Adam, AdamW, RMSprop, SGD } from "@rnn/train";
import { expect, test } from "vitest";

const ids = tensor([[0, 2, 0]], { dtype: "int32" });

test.each(Object.entries({ SGD, Adam, AdamW, RMSprop, Adagrad }))(
  "%s leaves the padding row of a table as it is, whatever the weight decay",
  (_, Optimizer) => {
    for (const Layer of [Embedding, EmbeddingBag]) {
      for (const paddingIdx of [0, -4]) {
        const layer = new Layer({ numEmbeddings: 4, embeddingDim: 2, paddingIdx, initial: ones([4, 2]) });
        const optimizer = new Optimizer([layer.weight], { learningRate: 0.1, weightDecay: 0.1 });
        for (let step = 0; step < 3; step++) {
          optimizer.zeroGrad();
          layer.forward(ids).sum().backward();
          optimizer.step();
        }
        const [padding, unused, used] = layer.weight.value.toArray() as number[][];
        expect(padding).toEqual([1, 1]);
        expect(unused![0]).toBeLessThan(1);
        expect(used![0]).toBeLessThan(unused![0]!);
      }
    }
  },
);
