import { tensor } from "@rnn/tensor";
import { ExponentialMovingAverage, type FitOptions, fit, type Metric, SGD } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { collect, only, Scalar } from "./toy.ts";

/** The one training batch; validation batches are losses. */
const training = -1;

/**
 * A training in which w counts the epochs (each adds 1), and the validation loss of epoch k is `losses[k - 1]`.
 */
function counting(losses: readonly number[], options: Partial<FitOptions<number>> = {}) {
  const model = new Scalar();
  const optimizer = new SGD(model.parameters(), { learningRate: 1 });
  const events = fit(model, [training], {
    optimizer,
    epochs: losses.length,
    loss: (x) => (x === training ? model.w.mul(-1) : model.forward(0).mul(0).add(x)),
    validation: (() => {
      let epoch = 0;
      return () => [losses[epoch++]!];
    })(),
    ...options,
  });
  return { model, events };
}

describe("early stopping", () => {
  test("ends after patience epochs without improvement, with the best weights", async () => {
    const { model, events: running } = counting([5, 3, 4, 3, 2, 1], { earlyStopping: { patience: 2 } });
    const { events } = await collect(running);
    expect(events.at(-1)).toMatchObject({
      reason: "early-stopping",
      message: "validation loss has not improved for 2 epochs",
      epochs: 4,
      steps: 4,
      bestEpoch: 2,
    });
    expect(only(events, "epoch").map(({ isBest }) => isBest)).toEqual([true, true, false, false]);
    expect(model.value).toBe(2);
  });

  test("an improvement of no more than minDelta does not count", async () => {
    const { events } = await collect(
      counting([5, 4.5, 4.1, 3], { earlyStopping: { patience: 2, minDelta: 1 } }).events,
    );
    expect(events.at(-1)).toMatchObject({ reason: "early-stopping", epochs: 3, bestEpoch: 1 });
  });

  test("an epoch that improves starts the count anew", async () => {
    const { events } = await collect(counting([5, 6, 4, 6, 3, 6], { earlyStopping: { patience: 2 } }).events);
    expect(events.at(-1)).toMatchObject({ reason: "completed", epochs: 6, bestEpoch: 5 });
  });

  test("can watch a metric, larger being better", async () => {
    const scores = [0.5, 0.9, 0.7, 0.8];
    const score = (): Metric => ({
      update() {},
      get value() {
        return scores.shift()!;
      },
    });
    const model = new Scalar();
    const { events } = await collect(
      fit(model, [1], {
        optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
        epochs: 4,
        loss: (x) => ({ loss: model.forward(x), output: tensor([1]), targets: tensor([1]) }),
        validation: [1],
        metrics: { score },
        monitor: "score",
        earlyStopping: { patience: 2 },
      }),
    );
    expect(events.at(-1)).toMatchObject({
      reason: "early-stopping",
      message: "validation score has not improved for 2 epochs",
      bestEpoch: 2,
    });
    expect(only(events, "epoch").map(({ validation }) => validation?.metrics.score)).toEqual([
      0.5, 0.9, 0.7, 0.8,
    ]);
    expect(model.value).toBe(0.75); // halfway to 1, twice
  });

  test.each<[object, number]>([
    [{}, 2],
    [{ mode: "max" }, 3],
  ])("a metric says itself that smaller is better, unless mode says otherwise: %o", async (options, best) => {
    const errors = [0.5, 0.3, 0.7];
    const error = (): Metric => ({
      mode: "min",
      update() {},
      get value() {
        return errors.shift()!;
      },
    });
    const model = new Scalar();
    const { events } = await collect(
      fit(model, [1], {
        optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
        epochs: 3,
        loss: (x) => ({ loss: model.forward(x), output: tensor([1]), targets: tensor([1]) }),
        validation: [1],
        metrics: { error },
        monitor: "error",
        ...options,
      }),
    );
    expect(events.at(-1)).toMatchObject({ bestEpoch: best });
  });
});

describe("the best weights", () => {
  test("are in the model when all epochs are done", async () => {
    const { model, events } = counting([5, 3, 4]);
    await collect(events);
    expect(model.value).toBe(2);
  });

  test("are already there when the end is reported", async () => {
    const { model, events } = counting([5, 3, 4]);
    for await (const event of events) if (event.type === "end") expect(model.value).toBe(2);
  });

  test("are left alone with restoreBest false, and the best epoch is still told", async () => {
    const { model, events: running } = counting([5, 3, 4], { restoreBest: false });
    const { events } = await collect(running);
    expect(model.value).toBe(3);
    expect(events.at(-1)).toMatchObject({ bestEpoch: 2 });
  });

  test("a validation loss of NaN is never the best", async () => {
    const { model, events: running } = counting([Number.NaN, 3, Number.NaN]);
    const { events } = await collect(running);
    expect(model.value).toBe(2);
    expect(only(events, "notice").map(({ message }) => message)).toEqual(
      [1, 3].map(
        (epoch) =>
          `validation loss of epoch ${epoch} is NaN, so it cannot be the best; ` +
          "look for NaN in the validation data and in what the model makes of them",
      ),
    );
  });

  test("nor is one with a metric of NaN, or a metric beside a loss of NaN", async () => {
    for (const [losses, scores, message] of [
      [[3, 3], [0.5, Number.NaN], "validation score of epoch 2 is NaN"],
      [[3, Number.NaN], [0.5, 0.9], "validation loss of epoch 2 is NaN"],
    ] as const) {
      const [left, results] = [[...losses], [...scores]];
      const model = new Scalar();
      const { events } = await collect(
        fit(model, [1], {
          optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
          epochs: 2,
          loss: () => ({
            loss: model.training ? model.forward(1) : model.forward(1).mul(0).add(left.shift()!),
            output: tensor([1]),
            targets: tensor([1]),
          }),
          validation: [1],
          metrics: {
            score: (): Metric => ({
              update() {},
              get value() {
                return results.shift()!;
              },
            }),
          },
          monitor: "score",
        }),
      );
      expect(events.at(-1)).toMatchObject({ bestEpoch: 1 });
      expect(only(events, "notice").map((event) => event.message)).toEqual([
        `${message}, so it cannot be the best; look for NaN in the validation data and in what the model makes of them`,
      ]);
    }
  });

  test("stay when the caller leaves the loop", async () => {
    const { model, events } = counting([5, 3, 4, 4, 4]);
    for await (const event of events) if (event.type === "step" && event.step === 4) break;
    expect(model.value).toBe(2);
  });

  test("stay when a loss is not finite", async () => {
    const { model, events } = counting([5, 3, 4, 4], {
      loss: (x) => {
        if (x !== training) return model.forward(0).mul(0).add(x);
        return model.w.mul(model.value === 3 ? Number.NaN : -1);
      },
    });
    const { error } = await collect(events);
    expect(error).toBeInstanceOf(RangeError);
    expect(model.value).toBe(2);
  });

  test("stay when the loss function throws, and its error passes through", async () => {
    const { model, events } = counting([5, 3, 4, 4], {
      loss: (x) => {
        if (model.value === 3) throw new Error("out of paper");
        return x === training ? model.w.mul(-1) : model.forward(0).mul(0).add(x);
      },
    });
    const { error } = await collect(events);
    expect(error).toEqual(new Error("out of paper"));
    expect(model.value).toBe(2);
  });
});

describe("abort", () => {
  test("between two steps: the best epoch's weights are kept", async () => {
    const controller = new AbortController();
    const { model, events } = counting([5, 3, 4, 4, 4], { signal: controller.signal });
    const reasons: string[] = [];
    for await (const event of events) {
      if (event.type === "step" && event.step === 4) controller.abort();
      if (event.type === "end") reasons.push(event.reason, event.message);
    }
    expect(reasons).toEqual(["aborted", "aborted after 4 steps"]);
    expect(model.value).toBe(2);
  });

  test("before the first step nothing happens", async () => {
    const { model, events: running } = counting([5, 3], { signal: { aborted: true } });
    const { events } = await collect(running);
    expect(events.map(({ type }) => type)).toEqual(["start", "end"]);
    expect(model.value).toBe(0);
  });

  test("within the first epoch keeps what was learned so far", async () => {
    const signal = { aborted: false };
    const model = new Scalar();
    const events = fit(model, [4, 8, 16], {
      optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
      epochs: 5,
      loss: (x) => model.forward(x),
      validation: [1],
      signal,
    });
    for await (const event of events) if (event.type === "step" && event.step === 2) signal.aborted = true;
    expect(model.value).toBe(5);
  });

  test("during validation: the epoch is not judged", async () => {
    const signal = { aborted: false };
    const { events: running } = counting([5, 3, 4], {
      signal,
      validation: (() => {
        let epoch = 0;
        return function* () {
          yield 5 - epoch;
          if (++epoch === 2) signal.aborted = true;
          yield 5 - epoch;
        };
      })(),
    });
    const { events } = await collect(running);
    expect(events.at(-1)).toMatchObject({ reason: "aborted", epochs: 1, steps: 2, bestEpoch: 1 });
  });

  test("a timer can abort a training that never waits for anything", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const model = new Scalar();
    const { events } = await collect(
      fit(model, [1], {
        optimizer: new SGD(model.parameters()),
        epochs: 50_000, // seconds, if the timer never got its turn
        loss: (x) => model.forward(x),
        signal: controller.signal,
        yieldEvery: 5,
      }),
    );
    expect(events.at(-1)).toMatchObject({ reason: "aborted" });
  });
});

describe("averaged weights", () => {
  /** Weights after each epoch are 1, 2, 3, ...; with decay 0.5 their averages 1, 1.5, 2.25, 3.125. */
  function averaged(losses: readonly number[], options: Partial<FitOptions<number>> = {}) {
    const model = new Scalar();
    const ema = new ExponentialMovingAverage(model, { decay: 0.5 });
    const seen: number[] = [];
    const events = fit(model, [training], {
      optimizer: new SGD(model.parameters(), { learningRate: 1 }),
      epochs: losses.length,
      loss: (x) => {
        if (x === training) return model.w.mul(-1);
        seen.push(model.value);
        return model.w.mul(0).add(x);
      },
      validation: () => [losses[seen.length]!],
      ema,
      ...options,
    });
    return { model, ema, seen, events };
  }

  test("are what validation judges and what the best epoch leaves behind", async () => {
    const { model, ema, seen, events } = averaged([3, 2, 1, 4]);
    await collect(events);
    expect(seen).toEqual([1, 1.5, 2.25, 3.125]);
    expect(model.value).toBe(2.25);
    expect(ema.swapped).toBe(false);
  });

  test.each([
    { name: "without validation", options: { validation: undefined } },
    { name: "with restoreBest: false", options: { restoreBest: false } },
  ])("are in the model at the end $name, the last weights behind them", async ({ options }) => {
    const { model, ema, events } = averaged([3, 2, 1, 4], options);
    await collect(events);
    expect(model.value).toBe(3.125);
    ema.swap();
    expect(model.value).toBe(4);
  });

  test("are put aside when training goes on from them", async () => {
    const { model, ema, events } = averaged([1, 1], { restoreBest: false });
    await collect(events);
    await collect(
      fit(model, [training], {
        optimizer: new SGD(model.parameters(), { learningRate: 1 }),
        epochs: 1,
        loss: () => model.w.mul(-1),
        ema,
      }),
    );
    ema.swap();
    expect(model.value).toBe(3);
  });

  test("must be an average of this model", () => {
    const options = { optimizer: new SGD(new Scalar().parameters()), epochs: 1, loss: () => 0 as never };
    expect(() =>
      fit(new Scalar(), [1], { ...options, ema: new ExponentialMovingAverage(new Scalar()) }),
    ).toThrow(new TypeError("fit: ema averages another model"));
    expect(() => fit(new Scalar(), [1], { ...options, ema: 0.99 as never })).toThrow(
      new TypeError("fit: ema must be an ExponentialMovingAverage, got 0.99"),
    );
  });
});
