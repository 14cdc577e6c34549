import { bceWithLogits, Dropout, Embedding, Linear, Module, RNN, type Variable } from "@rnn/nn";
import { Generator, type Tensor, tensor } from "@rnn/tensor";
import { Adam, accuracy, evaluate, fit, randomSplit, type SequenceBatch, sequenceBatches } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { collect, only } from "./toy.ts";

/** Sentences of 2 to 9 words in which word 1 comes before word 2 (target 1) or after it: order is all that counts. */
function sentences(count: number): { ids: number[][]; targets: Tensor } {
  const targets: number[] = [];
  const ids = Array.from({ length: count }, (_, i) => {
    const words = Array.from({ length: i % 8 }, (_, t) => 3 + ((i * 7 + t * 5) % 6));
    const isForward = (i >> 3) % 2;
    const [a, b] = [(i * 3) % (words.length + 1), (i * 5) % (words.length + 1)].sort((x, y) => x - y) as [
      number,
      number,
    ];
    words.splice(b, 0, isForward ? 2 : 1);
    words.splice(a, 0, isForward ? 1 : 2);
    targets.push(isForward);
    return words;
  });
  return { ids, targets: tensor(targets) };
}

class Classifier extends Module {
  readonly #embedding: Embedding;
  readonly #dropout: Dropout;
  readonly #rnn: RNN;
  readonly #head: Linear;

  constructor(generator: Generator) {
    super();
    this.#embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings: 9, embeddingDim: 6, generator }),
    );
    this.#dropout = this.child("dropout", new Dropout({ p: 0.1, generator }));
    this.#rnn = this.child("rnn", new RNN({ inputSize: 6, hiddenSize: 12, batchFirst: true, generator }));
    this.#head = this.child("head", new Linear({ inFeatures: 12, outFeatures: 1, generator }));
  }

  override forward({ ids, lengths }: Pick<SequenceBatch, "ids" | "lengths">): Variable {
    const x = this.#dropout.forward(this.#embedding.forward(ids));
    return this.#head.forward(this.#rnn.forward(x, { lengths }).state.h.select(0, -1)).squeeze(1);
  }
}

/** Everything random comes from the seed. */
async function train(seed: number, epochs: number) {
  const { ids, targets } = sentences(320);
  const generator = new Generator(seed);
  const model = new Classifier(generator);
  const [training, validation] = randomSplit(ids.length, [0.75, 0.25], { generator });
  const pick = (rows: Int32Array, shuffle: boolean) =>
    sequenceBatches(
      Array.from(rows, (i) => ids[i]!),
      tensor(Array.from(rows, (i) => targets.data[i]!)),
      { batchSize: 16, shuffle, generator },
    );
  const validationBatches = pick(validation, false);
  const loss = (batch: SequenceBatch) => {
    const output = model.forward(batch);
    return { loss: bceWithLogits(output, batch.targets), output, targets: batch.targets };
  };
  const { events, error } = await collect(
    fit(model, pick(training, true), {
      optimizer: new Adam(model.parameters(), { learningRate: 0.02 }),
      epochs,
      loss,
      validation: validationBatches,
      metrics: { accuracy },
      clipNorm: 1,
      earlyStopping: { patience: 5 },
    }),
  );
  return { model, events, error, validationBatches, loss };
}

const weights = (model: Module): number[][] =>
  Array.from(model.stateDict().values(), ({ data }) => [...data]);

describe("fit with a recurrent classifier", () => {
  test("learns that order matters, and evaluate agrees with the best epoch", async () => {
    const { model, events, error, validationBatches, loss } = await train(0, 40);
    expect(error).toBeNull();
    const end = only(events, "end")[0]!;
    const best = only(events, "epoch")[end.bestEpoch! - 1]!;
    expect(best.validation!.metrics.accuracy).toBeGreaterThan(0.95);
    expect(await evaluate(model, validationBatches, { loss, metrics: { accuracy } })).toEqual(
      best.validation,
    );
  });

  test("two runs from one seed give the same weights, bit for bit; another seed gives others", async () => {
    const [first, second, other] = [await train(1, 3), await train(1, 3), await train(2, 3)];
    expect(weights(second.model)).toEqual(weights(first.model));
    expect(only(second.events, "step").map(({ loss }) => loss)).toEqual(
      only(first.events, "step").map(({ loss }) => loss),
    );
    expect(weights(other.model)).not.toEqual(weights(first.model));
  });
});
