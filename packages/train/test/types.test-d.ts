import { GRU, type GRUState, Linear, mseLoss, Streaming, type Variable } from "@rnn/nn";
import { type Tensor, tensor } from "@rnn/tensor";
import {
  Adam,
  accuracy,
  detachState,
  type EpochEvent,
  fit,
  randomSplit,
  type SequenceBatch,
  SGD,
  type SGDOptions,
  sequenceBatches,
  type TrainEvent,
  tbptt,
} from "@rnn/train";
import { groupSplit, streamBatches } from "@rnn/train/data";
import { traceStatistics, type UnitStatistics } from "@rnn/train/diagnostics";
import { type GeneratedToken, generate } from "@rnn/train/generation";
import { logTo, progressLogger } from "@rnn/train/log";
import { f1Score } from "@rnn/train/metrics";
import { serveTraining } from "@rnn/train/worker";
import { describe, expectTypeOf, test } from "vitest";

describe("types", () => {
  test("randomSplit has as many parts as fractions", () => {
    const parts = randomSplit(10, [0.8, 0.1, 0.1]);
    expectTypeOf(parts.length).toEqualTypeOf<3>();
    expectTypeOf(parts[2]).toEqualTypeOf<Int32Array>();
  });

  test("the loss function knows the batch, and results know the metrics", () => {
    const model = new Linear({ inFeatures: 1, outFeatures: 1 });
    const events = fit(model, sequenceBatches([[1]], tensor([1]), { batchSize: 1 }), {
      optimizer: new Adam(model.parameters()),
      epochs: 1,
      loss: (batch) => {
        expectTypeOf(batch).toEqualTypeOf<SequenceBatch>();
        const output = model.forward(batch.targets);
        return { loss: mseLoss(output, batch.targets), output, targets: batch.targets };
      },
      metrics: { accuracy, again: () => accuracy({ ignoreIndex: 0 }) },
      monitor: "again",
    });
    const read = async () => {
      for await (const event of events) {
        if (event.type !== "epoch" || event.validation === null) continue;
        expectTypeOf(event.validation.metrics).toEqualTypeOf<
          Readonly<Record<"accuracy" | "again", number>>
        >();
      }
    };
    expectTypeOf(read).returns.resolves.toBeVoid();
  });

  test("loggers pass events on with their types", () => {
    const model = new Linear({ inFeatures: 1, outFeatures: 1 });
    const events = fit(model, [1], {
      optimizer: new SGD(model.parameters()),
      epochs: 1,
      loss: () => model.forward(tensor([1])),
      metrics: { f1: f1Score },
    });
    expectTypeOf(logTo(events, [progressLogger({ write() {} })])).toEqualTypeOf<
      AsyncGenerator<TrainEvent<"f1">, void, undefined>
    >();
  });

  test("metrics over training batches have the names of the metrics", () => {
    expectTypeOf<EpochEvent<"f1">["trainMetrics"]>().toEqualTypeOf<Readonly<Record<"f1", number>> | null>();
  });

  test("batches of a stream are what collate makes", () => {
    const batches = streamBatches(() => [1, 2], { batchSize: 2, collate: (samples) => samples.map(String) });
    expectTypeOf(batches).toExtend<AsyncIterable<string[]>>();
    expectTypeOf(groupSplit(["a"], [0.5, 0.5]).length).toEqualTypeOf<2>();
  });

  test("statistics of a trace have its names", () => {
    const gru = new GRU({ inputSize: 1, hiddenSize: 2 });
    const { trace } = gru.forward(tensor([[[1]]]), { trace: true });
    expectTypeOf(traceStatistics(trace)[0]![0]!).toEqualTypeOf<
      Record<"r" | "z" | "n" | "h", UnitStatistics>
    >();
  });

  test("a worker's settings are those its training takes", () => {
    const make = () =>
      serveTraining((settings: { epochs: number }, controls) => {
        expectTypeOf(settings.epochs).toBeNumber();
        const model = new Linear({ inFeatures: 1, outFeatures: 1 });
        const loss = () => model.forward(tensor([1]));
        const optimizer = new SGD(model.parameters());
        return { model, events: fit(model, [1], { optimizer, loss, ...settings, ...controls }) };
      });
    expectTypeOf(make).toBeFunction();
  });

  test("only metrics that are computed can be monitored", () => {
    const model = new Linear({ inFeatures: 1, outFeatures: 1 });
    const optimizer = new SGD(model.parameters());
    const loss = (): Variable => model.forward(tensor([1]));
    const base = { optimizer, epochs: 1, loss };
    // @ts-expect-error there is no such metric
    const make = () => fit(model, [1], { ...base, metrics: { accuracy }, monitor: "acuracy" });
    expectTypeOf(make).toBeFunction();
  });

  test("a state keeps its type, and tbptt knows it from forward", () => {
    const gru = new GRU({ inputSize: 1, hiddenSize: 2 });
    const { state } = gru.forward(tensor([[[1]]]));
    expectTypeOf(detachState(state)).toEqualTypeOf(state);
    const chunks = tbptt({
      length: 1,
      k1: 1,
      forward: (_start, _end, before: typeof state | undefined) =>
        gru.forward(tensor([[[1]]]), { state: before }),
      loss: (output) => output.sum(),
    });
    expectTypeOf([...chunks][0]!.state).toEqualTypeOf(state);
  });

  test("options may be passed on undefined", () => {
    const options: SGDOptions = { learningRate: undefined, momentum: undefined };
    expectTypeOf(options).toExtend<SGDOptions>();
  });

  test("the state of generate is that of the model", () => {
    const gru = new GRU({ inputSize: 2, hiddenSize: 3 });
    const model = {
      forward: (ids: Tensor, { state }: { state?: GRUState | undefined }) => gru.forward(ids, { state }),
    };
    const { state } = gru.forward(tensor([[[1, 2]]]));
    expectTypeOf(generate(model, { prompt: [0], maxNewTokens: 1, state })).toEqualTypeOf<
      AsyncGenerator<GeneratedToken, void, undefined>
    >();
    // @ts-expect-error a number is no state of it
    generate(model, { prompt: [0], maxNewTokens: 1, state: 5 });
    generate(new Streaming<GRUState, Tensor>(model), { prompt: [0], maxNewTokens: 1, state });
  });
});
