// A small training that does not mind being killed.
import {
  bceWithLogits,
  Dropout,
  Embedding,
  encodeSafetensors,
  GRU,
  Linear,
  Module,
  type Variable,
} from "@rnn/nn";
import { Generator, manualSeed, randint, type Tensor, tensor } from "@rnn/tensor";
import {
  Adam,
  type CheckpointStore,
  ExponentialMovingAverage,
  fit,
  LRScheduler,
  linearLR,
  type SequenceBatch,
  sequenceBatches,
} from "@rnn/train";

class Classifier extends Module {
  readonly embedding = this.child("embedding", new Embedding({ numEmbeddings: 20, embeddingDim: 6 }));
  readonly gru = this.child("gru", new GRU({ inputSize: 6, hiddenSize: 12, batchFirst: true }));
  readonly dropout = this.child("dropout", new Dropout({ p: 0.2 }));
  readonly head = this.child("head", new Linear({ inFeatures: 12, outFeatures: 1 }));

  override forward({ ids, lengths }: SequenceBatch): Variable {
    const { state } = this.gru.forward(this.embedding.forward(ids), { lengths });
    return this.head.forward(this.dropout.forward(state.h.select(0, -1))).squeeze(1);
  }
}

const data = new Generator(1);
const sequences = Array.from({ length: 64 }, (_, n) => [
  ...randint(0, 20, [3 + (n % 9)], { generator: data }).data,
]);
const labels: Tensor = tensor(sequences.map((ids) => Number(ids.indexOf(3) > ids.indexOf(7))));

/** Trains from fixed seeds, with checkpoints if there is a store; returns the bytes of what was learned. */
export async function train(
  store: CheckpointStore | undefined,
  say: (line: string) => void,
): Promise<Uint8Array> {
  manualSeed(2);
  const model = new Classifier();
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  const events = fit(model, sequenceBatches(sequences, labels, { batchSize: 8, seed: 3 }), {
    optimizer,
    epochs: 6,
    loss: (batch) => bceWithLogits(model.forward(batch), batch.targets),
    validation: sequenceBatches(sequences, labels, { batchSize: 32, shuffle: false }),
    schedule: new LRScheduler(optimizer, linearLR({ totalIters: 30 })),
    scheduleEvery: "step",
    ema: new ExponentialMovingAverage(model, { decay: 0.9 }),
    clipNorm: 1,
    checkpoints: store === undefined ? undefined : { store, everySteps: 1 },
  });
  for await (const event of events) if (event.type === "start") say(`start ${event.steps}`);
  return encodeSafetensors(new Map([...model.stateDict(), ...optimizer.stateDict().tensors]));
}
