import {
  crossEntropy,
  Dropout,
  Embedding,
  Linear,
  LSTM,
  type LSTMState,
  Module,
  type Variable,
} from "@rnn/nn";
import { Generator, manualSeed, randint, type Tensor } from "@rnn/tensor";
import {
  CarriedState,
  type Checkpoint,
  clipGradNorm,
  evaluate,
  fit,
  type LaneBatch,
  LRScheduler,
  lambdaLR,
  laneBatches,
  lanes,
  SGD,
  tbptt,
} from "@rnn/train";
import { perplexity } from "@rnn/train/metrics";
import { describe, expect, test } from "vitest";

const V = 6;
const SIZES = { batchSize: 3, sequenceLength: 7 };

class LanguageModel extends Module {
  readonly embedding = this.child("embedding", new Embedding({ numEmbeddings: V, embeddingDim: 4 }));
  readonly lstm = this.child("lstm", new LSTM({ inputSize: 4, hiddenSize: 5, numLayers: 2 }));
  readonly dropout = this.child("dropout", new Dropout({ p: 0.2 }));
  readonly head = this.child("head", new Linear({ inFeatures: 5, outFeatures: V }));

  override forward(ids: Tensor, state: LSTMState | undefined): { output: Variable; state: LSTMState } {
    const read = this.lstm.forward(this.embedding.forward(ids), { state });
    return { output: this.head.forward(this.dropout.forward(read.output)), state: read.state };
  }
}

const text = randint(0, V, [110], { generator: new Generator(6) }).data as Int32Array;
const weightsOf = (model: Module) => [...model.stateDict()].map(([name, { data }]) => [name, [...data]]);

/** A loss function for windows, and the state that it carries. */
function windowLoss(model: LanguageModel) {
  const carried = new CarriedState<LSTMState>();
  const loss = (batch: LaneBatch) => {
    const { output, state } = model.forward(batch.inputs, carried.before(batch));
    carried.after(state);
    const [logits, targets] = [output.reshape([-1, V]), batch.targets.reshape([-1])];
    return { loss: crossEntropy(logits, targets), output: logits, targets };
  };
  return { carried, loss };
}

describe("a language model in fit", () => {
  test("windows with a carried state are truncated backpropagation: the same weights as with tbptt", async () => {
    const epochs = 3;
    manualSeed(1);
    const model = new LanguageModel();
    const { loss } = windowLoss(model);
    const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
    const schedule = new LRScheduler(
      optimizer,
      lambdaLR((epoch) => 0.5 ** epoch),
    );
    const losses: number[] = [];
    for await (const event of fit(model, laneBatches(text, SIZES), {
      optimizer,
      loss,
      epochs,
      clipNorm: 0.2,
      schedule,
    })) {
      if (event.type === "step") losses.push(event.loss);
    }

    manualSeed(1);
    const other = new LanguageModel();
    const parameters = other.parameters();
    const byHand = new SGD(parameters, { learningRate: 0.5 });
    const stream = lanes(text, SIZES.batchSize);
    const expected: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const chunk of tbptt({
        length: stream.shape[0]! - 1,
        k1: SIZES.sequenceLength,
        forward: (start, end, state?: LSTMState) => other.forward(stream.slice([start, end]), state),
        loss: (output, start, end) =>
          crossEntropy(output.reshape([-1, V]), stream.slice([start + 1, end + 1]).reshape([-1])),
      })) {
        clipGradNorm(parameters, 0.2);
        byHand.step();
        byHand.zeroGrad();
        expected.push(chunk.loss);
      }
      for (const group of byHand.parameterGroups) group.learningRate /= 2;
    }
    expect(losses).toEqual(expected);
    expect(weightsOf(model)).toEqual(weightsOf(other));
  });

  test("goes on within an epoch as if nothing had happened", async () => {
    let newest: Checkpoint | null = null;
    const store = {
      save: (checkpoint: Checkpoint) => {
        newest = checkpoint;
      },
      load: () => newest,
    };
    const run = async (isKept: boolean, until = Number.POSITIVE_INFINITY) => {
      manualSeed(1);
      const model = new LanguageModel();
      const { carried, loss } = windowLoss(model);
      for await (const event of fit(model, laneBatches(text, SIZES), {
        optimizer: new SGD(model.parameters(), { learningRate: 0.5 }),
        loss,
        epochs: 2,
        validation: laneBatches(text.slice(0, 30), { ...SIZES, batchSize: 1 }),
        metrics: { perplexity },
        checkpoints: isKept ? { store, everySteps: 1, also: { carried } } : undefined,
      })) {
        if (event.type === "checkpoint" && event.step === until) break;
      }
      return weightsOf(model);
    };
    const whole = await run(false);
    await run(true, 8); // an epoch has six
    expect(await run(true)).toEqual(whole);
  });

  test("perplexity does not depend on the windows", async () => {
    const model = new LanguageModel();
    const of = async (sequenceLength: number) => {
      const batches = laneBatches(text, { batchSize: 2, sequenceLength });
      return evaluate(model, batches, { loss: windowLoss(model).loss, metrics: { perplexity } });
    };
    const { loss, metrics, samples } = await of(54);
    expect(samples).toBe(108);
    expect(metrics.perplexity).toBeCloseTo(Math.exp(loss), 5);
    for (const sequenceLength of [1, 5, 20]) {
      expect((await of(sequenceLength)).metrics.perplexity).toBeCloseTo(metrics.perplexity, 4);
    }
  });
});
