import { bceWithLogits, Dropout, Embedding, GRU, Linear, Module, type Variable } from "@rnn/nn";
import { Generator, manualSeed, randint, type Tensor, tensor } from "@rnn/tensor";
import {
  Adam,
  type Checkpoint,
  type CheckpointOptions,
  ExponentialMovingAverage,
  type FitOptions,
  fit,
  LRScheduler,
  oneCycleLR,
  ReduceLROnPlateau,
  type SequenceBatch,
  SGD,
  sequenceBatches,
  type TrainEvent,
  tensorBatches,
} from "@rnn/train";
import { describe, expect, test } from "vitest";
import { collect, only, Scalar } from "./toy.ts";

/** Keeps the newest checkpoint in memory. */
class MemoryStore {
  newest: Checkpoint | null = null;
  readonly steps: number[] = [];
  save(checkpoint: Checkpoint): void {
    this.newest = structuredCloneOf(checkpoint);
    this.steps.push(checkpoint.step);
  }
  load(): Checkpoint | null {
    return this.newest;
  }
}

/** A copy whose state went through JSON, non-finite numbers aside. */
function structuredCloneOf({ step, epoch, state, tensors }: Checkpoint): Checkpoint {
  const copies = [...tensors].map(([name, value]) => [name, value.clone()] as const);
  return { step, epoch, state: structuredClone(state), tensors: new Map(copies) };
}

class Classifier extends Module {
  readonly embedding = this.child("embedding", new Embedding({ numEmbeddings: 9, embeddingDim: 4 }));
  readonly gru = this.child("gru", new GRU({ inputSize: 4, hiddenSize: 5, batchFirst: true }));
  readonly dropout = this.child("dropout", new Dropout({ p: 0.3 }));
  readonly head = this.child("head", new Linear({ inFeatures: 5, outFeatures: 1 }));

  override forward(ids: Tensor, lengths: Int32Array): Variable {
    const { state } = this.gru.forward(this.embedding.forward(ids), { lengths });
    return this.head.forward(this.dropout.forward(state.h.select(0, -1))).squeeze(1);
  }
}

class LanguageModel extends Module {
  readonly embedding = this.child("embedding", new Embedding({ numEmbeddings: 5, embeddingDim: 3 }));
  readonly gru = this.child("gru", new GRU({ inputSize: 3, hiddenSize: 4 }));

  override forward(ids: Tensor, state: { h: Tensor } | undefined) {
    return this.gru.forward(this.embedding.forward(ids), { state });
  }
}

const data = new Generator(4);
const sequences = Array.from({ length: 14 }, (_, n) => [
  ...randint(0, 9, [(n % 5) + 1], { generator: data }).data,
]);
const labels = tensor(sequences.map((ids) => Number(ids.includes(3))));

interface Trained {
  readonly model: Classifier;
  readonly options: FitOptions<SequenceBatch>;
  readonly events: TrainEvent[];
}

/** Trains from the same seeds; ends after the event that `isLast` says. */
async function train(
  change: Partial<FitOptions<SequenceBatch>>,
  checkpoints?: CheckpointOptions,
  isLast: (event: TrainEvent) => boolean = () => false,
): Promise<Trained> {
  manualSeed(3);
  const model = new Classifier();
  const optimizer = new Adam(model.parameters(), { learningRate: 0.05, amsgrad: true });
  const options: FitOptions<SequenceBatch> = {
    optimizer,
    epochs: 3,
    loss: ({ ids, lengths, targets }) => bceWithLogits(model.forward(ids, lengths), targets),
    validation: sequenceBatches(sequences, labels, { batchSize: 5, seed: 9 }),
    schedule: new LRScheduler(optimizer, oneCycleLR({ maxLearningRate: 0.1, totalSteps: 40 })),
    scheduleEvery: "step",
    ema: new ExponentialMovingAverage(model, { decay: 0.8 }),
    clipNorm: 1,
    checkpoints,
    ...change,
  };
  const events: TrainEvent[] = [];
  const batches = sequenceBatches(sequences, labels, { batchSize: 3, seed: 5 });
  for await (const event of fit(model, batches, options)) {
    events.push(event);
    if (isLast(event)) break;
  }
  return { model, options, events };
}

/** All that training leaves behind, and its last `count` events. */
function outcome({ model, options, events }: Trained, count: number): unknown {
  const { optimizer, schedule, ema } = options;
  const weights = [...model.stateDict()].map(([name, { data }]) => [name, [...data]]);
  const isSwapped = ema?.swapped;
  if (isSwapped) ema?.swap();
  const average = ema?.stateDict();
  if (isSwapped) ema?.swap();
  const reported = reportedBy(events).map(({ seconds, ...rest }) => rest);
  return {
    weights,
    optimizer: optimizer.stateDict(),
    schedule: schedule?.stateDict(),
    average,
    events: reported.slice(reported.length - count),
  };
}

const reportedBy = (events: TrainEvent[]): (TrainEvent & { seconds?: number })[] =>
  events.filter(({ type }) => type === "epoch" || type === "end" || type === "step");

/** Expects that what was resumed did the rest of the whole. */
function expectSame(resumed: Trained, whole: Trained): void {
  const count = reportedBy(resumed.events).length;
  expect(outcome(resumed, count)).toEqual(outcome(whole, count));
}

describe("training that was interrupted ends as if it had not been", () => {
  test.each<[string, Partial<FitOptions<SequenceBatch>>]>([
    ["one cycle, averages, the best epoch", {}],
    ["accumulated batches, the last weights", { accumulate: 2, restoreBest: false }],
    ["early stopping", { earlyStopping: { patience: 1, minDelta: 1 } }],
    [
      "no validation, no schedule",
      { validation: undefined, schedule: undefined, scheduleEvery: undefined, ema: undefined },
    ],
  ])("after every step: %s", async (_, change) => {
    const whole = await train(change);
    const steps = only(whole.events, "end")[0]!.steps;
    for (let step = 1; step <= steps; step++) {
      const store = new MemoryStore();
      const checkpoints = { store, everySteps: 1 };
      await train(change, checkpoints, (event) => event.type === "checkpoint" && event.step === step);
      const resumed = await train(change, checkpoints);
      expect(only(resumed.events, "start")[0]?.steps).toBe(step);
      expectSame(resumed, whole);
    }
  });

  test("twice within one epoch", async () => {
    const store = new MemoryStore();
    const checkpoints = { store, everySteps: 1 };
    for (const step of [7, 9]) {
      await train({}, checkpoints, (event) => event.type === "checkpoint" && event.step === step);
    }
    expectSame(await train({}, checkpoints), await train({}));
  });

  test("at the end of an epoch, by a schedule that looks at results", async () => {
    const run = async (checkpoints?: CheckpointOptions, until = 9) => {
      const model = new Scalar();
      const optimizer = new SGD(model.parameters(), { learningRate: 0.3, momentum: 0.9 });
      const schedule = new ReduceLROnPlateau(optimizer, { patience: 0, factor: 0.5 });
      const options = { optimizer, schedule, epochs: 9, loss: (x: number) => model.forward(x), checkpoints };
      for await (const event of fit(model, [1, 2, 3], options)) {
        if (event.type === "epoch" && event.epoch === until) break;
      }
      return [model.value, optimizer.stateDict(), schedule.stateDict()];
    };
    const store = new MemoryStore();
    const whole = await run();
    await run({ store }, 4);
    expect(store.newest?.epoch).toBe(4);
    expect(await run({ store })).toEqual(whole);
  });

  test("an abort saves, and so does the end of the time", async () => {
    const whole = await train({ epochs: 4 });
    const aborting = { aborted: false };
    const stops: Partial<FitOptions<SequenceBatch>>[] = [{ signal: aborting }, { maxSeconds: 0 }];
    for (const change of stops) {
      const store = new MemoryStore();
      await train({ epochs: 4, ...change }, { store, everySteps: 3 }, (event) => {
        if (event.type === "step" && event.step === 7) aborting.aborted = true;
        return false;
      });
      expect(store.newest?.step ?? 0).toBe(change.signal ? 7 : 0);
      const resumed = await train({ epochs: 4 }, { store });
      expectSame(resumed, whole);
    }
  });

  test("a state that is carried from batch to batch is saved too", async () => {
    const text = randint(0, 5, [40, 2], { generator: new Generator(6) });
    const run = async (store: MemoryStore | undefined, until = Number.POSITIVE_INFINITY) => {
      manualSeed(1);
      const model = new LanguageModel();
      let h: Tensor | undefined;
      const carried = {
        stateDict: () => new Map(h === undefined ? [] : [["h", h]]),
        loadStateDict: (state: ReadonlyMap<string, Tensor>) => {
          h = state.get("h");
        },
      };
      const starts = [0, 10, 20, 30];
      for await (const event of fit(model, starts, {
        optimizer: new SGD(model.parameters(), { learningRate: 0.1 }),
        epochs: 2,
        loss: (start) => {
          const state = h === undefined || start === 0 ? undefined : { h };
          const { output, state: next } = model.forward(text.slice([start, start + 10]), state);
          h = next.h.value;
          return output.pow(2).mean();
        },
        checkpoints: store && { store, everySteps: 1, also: { carried } },
      })) {
        if (event.type === "checkpoint" && event.step === until) break;
      }
      return [...model.stateDict().values()].map(({ data }) => [...data]);
    };
    const store = new MemoryStore();
    const whole = await run(undefined);
    await run(store, 3);
    expect(store.newest?.tensors.has("also.carried.h")).toBe(true);
    expect(await run(store)).toEqual(whole);
  });

  test("a dropout layer's own generator is named", async () => {
    const run = async (checkpoints: boolean, stop: boolean, store = new MemoryStore()) => {
      manualSeed(1);
      const generator = new Generator(2);
      const model = new Linear({ inFeatures: 4, outFeatures: 1 });
      const dropout = new Dropout({ p: 0.5, generator });
      const batches = tensorBatches(
        tensor([
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ]),
        tensor([[0], [1]]),
        { batchSize: 1 },
      );
      for await (const event of fit(model, batches, {
        optimizer: new SGD(model.parameters(), { learningRate: 0.01 }),
        epochs: 3,
        loss: ({ inputs, targets }) => bceWithLogits(model.forward(dropout.forward(inputs)), targets),
        checkpoints: checkpoints ? { store, everySteps: 1, generators: [generator] } : undefined,
      })) {
        if (stop && event.type === "checkpoint" && event.step === 3) break;
      }
      return [...model.weight.value.data];
    };
    const store = new MemoryStore();
    await run(true, true, store);
    expect(await run(true, false, store)).toEqual(await run(false, false));
  });
});

describe("when checkpoints are saved", () => {
  const run = async (
    checkpoints: Omit<CheckpointOptions, "store">,
    change: Partial<FitOptions<number>> = {},
  ) => {
    const store = new MemoryStore();
    const model = new Scalar();
    const { events } = await collect(
      fit(model, [1, 2, 3], {
        optimizer: new SGD(model.parameters()),
        epochs: 4,
        loss: (x) => model.forward(x),
        checkpoints: { store, ...checkpoints },
        ...change,
      }),
    );
    expect(only(events, "checkpoint").map(({ step }) => step)).toEqual(store.steps);
    return store.steps;
  };

  test("after every epoch, every so many, or every so many steps; always at the end", async () => {
    expect(await run({})).toEqual([3, 6, 9, 12]);
    expect(await run({ everyEpochs: 3 })).toEqual([9, 12]);
    expect(await run({ everyEpochs: Number.POSITIVE_INFINITY })).toEqual([12]);
    expect(await run({ everySteps: 5 })).toEqual([3, 5, 6, 9, 10, 12]);
    expect(await run({ everySteps: 1 }, { accumulate: 2, epochs: 1 })).toEqual([1, 2]);
    expect(await run({}, { trial: "dry-run" })).toEqual([]);
  });

  test("chunks are saved with their whole batch", async () => {
    const chunks = () => [{ loss: 1 }, { loss: 1 }];
    expect(await run({ everySteps: 1 }, { chunks, epochs: 1 })).toEqual([2, 4, 6, 6]);
  });

  test("after the last step of an epoch, and after the epoch with its validation", async () => {
    const steps = await run({ everySteps: 2, everyEpochs: 3 });
    expect(steps).toEqual([2, 4, 6, 8, 9, 10, 12, 12]);
  });
});

describe("going on", () => {
  const options = (model: Scalar, store: MemoryStore, change: object = {}): FitOptions<number> => ({
    optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
    epochs: 2,
    loss: (x) => model.forward(x),
    checkpoints: { store, everySteps: 1 },
    ...change,
  });
  const saved = async (until?: number) => {
    const store = new MemoryStore();
    const model = new Scalar();
    for await (const event of fit(model, [1, 2, 3], options(model, store))) {
      if (event.type === "checkpoint" && event.step === until) break;
    }
    return store;
  };

  test("a finished training has nothing left to do, and gives its weights", async () => {
    const store = await saved();
    const model = new Scalar();
    const { events } = await collect(fit(model, [1, 2, 3], options(model, store)));
    expect(events.map(({ type }) => type)).toEqual(["start", "end"]);
    expect(events.at(-1)).toMatchObject({ reason: "completed", epochs: 2, steps: 6 });
    expect(model.value).toBe(store.newest!.tensors.get("model.w")!.item());
  });

  test("the saved learning rate counts, unless another one is set at the start event", async () => {
    for (const change of [false, true]) {
      const store = await saved();
      const model = new Scalar();
      const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
      const rates: number[] = [];
      for await (const event of fit(
        model,
        [1, 2, 3],
        options(model, store, { optimizer, epochs: 3, checkpoints: { store, everyEpochs: 9 } }),
      )) {
        const [group] = optimizer.parameterGroups;
        if (event.type === "start" && change) group!.learningRate = 0.5;
        if (event.type === "step") rates.push(event.learningRate);
      }
      expect(new Set(rates)).toEqual(new Set([change ? 0.5 : 0.25]));
    }
  });

  test("a newer checkpoint that cannot be read is told", async () => {
    const store = await saved();
    const model = new Scalar();
    const { events } = await collect(
      fit(model, [1, 2, 3], options(model, Object.assign(store, { passedOver: "b.safetensors: cut" }))),
    );
    expect(only(events, "notice").map(({ message }) => message)).toEqual([
      "continues from the checkpoint after step 6; the newest one cannot be read: b.safetensors: cut",
    ]);
  });

  test("more epochs go on from there; resume: false begins anew", async () => {
    const store = await saved();
    const longer = new Scalar();
    const { events } = await collect(fit(longer, [1, 2, 3], options(longer, store, { epochs: 3 })));
    expect(only(events, "step").map(({ step, epoch }) => [step, epoch])).toEqual([
      [7, 3],
      [8, 3],
      [9, 3],
    ]);
    const anew = new Scalar();
    const again = await collect(
      fit(anew, [1, 2, 3], options(anew, store, { checkpoints: { store, resume: false } })),
    );
    expect(only(again.events, "step").length).toBe(6);
  });

  test.each<[object, (checkpoint: Checkpoint) => object, string]>([
    [{ ema: true }, () => ({}), "fit: the checkpoint was saved without ema"],
    [
      {},
      ({ state }) => ({ state: { ...state, schedule: { step: 1 } } }),
      "fit: the checkpoint was saved with schedule",
    ],
    [
      {},
      ({ state }) => ({ state: { ...state, generators: { epochStart: [], now: [] } } }),
      "fit: the checkpoint was saved with 0 random generators, but there are 1",
    ],
    [
      {},
      ({ state }) => ({ state: { ...state, progress: { ...(state.progress as object), batches: -1 } } }),
      "fit: progress in the checkpoint: batches must be an integer >= 0, got -1",
    ],
    [
      {},
      ({ state }) => ({ state: { ...state, progress: { ...(state.progress as object), mean: [1, 2] } } }),
      "fit: progress in the checkpoint: mean[2] must be a finite number, got undefined",
    ],
    [{ batches: [1] }, () => ({}), "fit: the checkpoint is after batch 2 of epoch 1, which now has 1"],
  ])("%o does not fit", async (change, edit, message) => {
    const store = await saved(2);
    Object.assign(store.newest!, edit(store.newest!));
    const model = new Scalar();
    const { batches = [1, 2, 3], ema, ...rest } = change as { batches?: number[]; ema?: boolean };
    const average = ema ? { ema: new ExponentialMovingAverage(model) } : {};
    const { error } = await collect(fit(model, batches, options(model, store, { ...rest, ...average })));
    expect(error).toEqual(new RangeError(message));
  });
});
