import { Dropout, Linear, mseLoss, Sequential } from "@rnn/nn";
import { Generator, manualSeed, randn, tensor } from "@rnn/tensor";
import {
  Adam,
  type Checkpoint,
  EarlyStopping,
  ExponentialMovingAverage,
  exponentialLR,
  fit,
  LRScheduler,
  SGD,
  tensorBatches,
} from "@rnn/train";
import {
  captureTraining,
  decodeCheckpoint,
  encodeCheckpoint,
  restoreTraining,
  type TrainingCheckpointParts,
} from "@rnn/train/checkpoints";
import { describe, expect, test } from "vitest";

const inputs = randn([20, 3], { generator: new Generator(1) });
const targets = inputs.matmul(tensor([[1], [-2], [3]]));

/** Trains from a checkpoint, or from the start; returns a checkpoint of every epoch. */
function train(epochs: number, from?: Checkpoint): Checkpoint[] {
  manualSeed(from === undefined ? 0 : 99);
  const model = new Sequential([new Dropout({ p: 0.5 }), new Linear({ inFeatures: 3, outFeatures: 1 })]);
  const optimizer = new Adam(model.parameters(), { learningRate: 0.1 });
  const schedule = new LRScheduler(optimizer, exponentialLR({ gamma: 0.9 }));
  const ema = new ExponentialMovingAverage(model, { decay: 0.5 });
  const batches = tensorBatches(inputs, targets, { batchSize: 6, generator: new Generator(from ? 98 : 2) });
  const also = { other: new Linear({ inFeatures: 1, outFeatures: 1 }) };
  const stopping = new EarlyStopping({ patience: 10 });
  const parts = { model, optimizer, schedule, ema, also, stopping, generators: [batches.generator, null] };
  if (from !== undefined) restoreTraining(parts, from);
  let { step, epoch } = from ?? { step: 0, epoch: 0 };
  const made: Checkpoint[] = [];
  while (epoch < epochs) {
    for (const batch of batches) {
      optimizer.zeroGrad();
      mseLoss(model.forward(batch.inputs), batch.targets).backward();
      optimizer.step();
      ema.update();
      step++;
    }
    schedule.step();
    stopping.update(epoch);
    made.push(captureTraining(parts, { step, epoch: ++epoch }));
  }
  return made;
}

const model = new Linear({ inFeatures: 1, outFeatures: 1 });
const optimizer = new SGD(model.parameters());
const parts: TrainingCheckpointParts = { model, optimizer };
const saved = captureTraining(parts, { step: 4, epoch: 2 });

describe("a checkpoint of a loop of one's own", () => {
  test("goes on to the same bytes as a training that was never interrupted", () => {
    const whole = train(5).map(encodeCheckpoint);
    const first = train(2).map(encodeCheckpoint);
    expect(first).toEqual(whole.slice(0, 2));
    const rest = train(5, decodeCheckpoint(first.at(-1)!)).map(encodeCheckpoint);
    expect(rest).toEqual(whole.slice(2));
  });

  test("is not changed by what the training does afterwards", () => {
    const before = encodeCheckpoint(saved);
    model.weight.value.data[0] = 17;
    expect(encodeCheckpoint(saved)).toEqual(before);
  });

  test("a checkpoint of fit between two epochs can be gone on from, too", async () => {
    const made: Checkpoint[] = [];
    const store = { save: (checkpoint: Checkpoint) => void made.push(checkpoint), load: () => null };
    const events = fit(model, [1], {
      optimizer,
      epochs: 1,
      loss: () => model.weight.sum(),
      checkpoints: { store },
    });
    for await (const _ of events);
    const other = new Linear({ inFeatures: 1, outFeatures: 1 });
    restoreTraining({ model: other, optimizer: new SGD(other.parameters()) }, made[0]!);
    expect(other.weight.item()).toBe(model.weight.item());
  });

  test.each<[() => unknown, Error]>([
    [
      () => captureTraining({ ...parts, modle: model } as TrainingCheckpointParts, { step: 0, epoch: 0 }),
      new TypeError(
        'captureTraining: unknown option "modle" in parts (did you mean "model"?); options are model, optimizer, schedule, ema, also, stopping, generators',
      ),
    ],
    [
      () => captureTraining({ model } as never, { step: 0, epoch: 0 }),
      new TypeError(
        "captureTraining: optimizer must be an optimizer such as new Adam(model.parameters()), got undefined",
      ),
    ],
    [
      () => captureTraining({ optimizer } as never, { step: 0, epoch: 0 }),
      new TypeError("captureTraining: model must be a Module, got undefined"),
    ],
    [
      () => restoreTraining({ ...parts, schedule: 5 as never }, saved),
      new TypeError("restoreTraining: schedule.stateDict must be a function, got undefined"),
    ],
    [
      () => captureTraining({ ...parts, also: { cell: 5 as never } }, { step: 0, epoch: 0 }),
      new TypeError("captureTraining: also.cell.stateDict must be a function, got undefined"),
    ],
    [
      () => captureTraining(parts, { step: -1, epoch: 0 }),
      new RangeError("captureTraining: step must be an integer >= 0, got -1"),
    ],
    [
      () => restoreTraining({ ...parts, ema: new ExponentialMovingAverage(model) }, saved),
      new RangeError("restoreTraining: the checkpoint was saved without ema"),
    ],
    [
      () => restoreTraining({ ...parts, generators: [new Generator(0)] }, saved),
      new RangeError(
        "restoreTraining: the checkpoint was saved with 1 random generators, but there are 2; the default one counts",
      ),
    ],
    [
      () => restoreTraining({ ...parts, stopping: new EarlyStopping({ patience: 1 }) }, saved),
      new RangeError("restoreTraining: the checkpoint was saved without stopping"),
    ],
    [
      () => restoreTraining(parts, null as never),
      new TypeError("restoreTraining: checkpoint must be what the load of a store returned, got null"),
    ],
    [
      () => restoreTraining(parts, { ...saved, state: {} }),
      new TypeError(
        "restoreTraining: generators.now of the checkpoint must be a list of states, got undefined",
      ),
    ],
  ])("case %# is refused", (act, error) => {
    expect(act).toThrow(error);
  });
});
