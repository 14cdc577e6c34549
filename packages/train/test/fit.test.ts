import { tensor } from "@rnn/tensor";
import { fit, LRScheduler, oneCycleLR, ReduceLROnPlateau, stepLR } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { collect, only, scalar } from "./toy.ts";

describe("events of fit", () => {
  test("come in order, and are plain data", async () => {
    const { model, base } = scalar();
    const { events } = await collect(fit(model, [1, 2], { ...base, epochs: 2, validation: [3] }));
    expect(events.map(({ type }) => type)).toEqual([
      "start",
      "step",
      "step",
      "epoch",
      "step",
      "step",
      "epoch",
      "end",
    ]);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
    expect(structuredClone(events)).toEqual(events);
  });

  test("carry the numbers of the run", async () => {
    const { model, base } = scalar(); // w becomes w - 0.25 · 2 (w - x): halfway to x
    const { events } = await collect(fit(model, [4, 8], { ...base, epochs: 1, validation: [1, 3] }));
    const [start, first, second, epoch, end] = events;
    expect(start).toEqual({ type: "start", epochs: 1, batches: 2, parameters: 1, steps: 0 });
    const step = { type: "step", epoch: 1, batches: 2, samples: 1, gradientNorm: null, learningRate: 0.25 };
    expect(first).toEqual({ ...step, step: 1, batch: 1, loss: 16 });
    expect(second).toEqual({ ...step, step: 2, batch: 2, loss: 36 });
    expect(model.value).toBe(5);
    expect(epoch).toMatchObject({
      type: "epoch",
      epoch: 1,
      epochs: 1,
      trainLoss: 26,
      isBest: true,
      learningRate: 0.25,
    });
    expect(epoch).toMatchObject({ validation: { loss: 10, metrics: {}, samples: 2 } });
    expect(end).toMatchObject({
      type: "end",
      reason: "completed",
      message: "completed 1 epoch",
      epochs: 1,
      steps: 2,
    });
    expect(only(events, "epoch")[0]!.seconds).toBeGreaterThanOrEqual(0);
  });

  test("means are weighted by the size of the batches", async () => {
    const { model, base } = scalar({ learningRate: 0 });
    const batches = [
      { x: 1, size: 3 },
      { x: 3, size: 1 },
    ];
    const { events } = await collect(
      fit(model, batches, {
        optimizer: base.optimizer,
        loss: ({ x }) => model.forward(x),
        epochs: 1,
        validation: batches,
      }),
    );
    const [epoch] = only(events, "epoch");
    expect(epoch?.trainLoss).toBe(3);
    expect(epoch?.validation).toEqual({ loss: 3, metrics: {}, samples: 4 });
  });

  test("no epochs means no change", async () => {
    const { model, base } = scalar();
    const { events } = await collect(fit(model, [1], { ...base, epochs: 0 }));
    expect(events.map(({ type }) => type)).toEqual(["start", "end"]);
    expect(model.value).toBe(0);
  });
});

describe("batches of fit", () => {
  test("may be made for each epoch, also asynchronously", async () => {
    const { model, base } = scalar();
    const epochs: number[] = [];
    const make = async function* (epoch: number): AsyncGenerator<number> {
      epochs.push(epoch);
      yield await Promise.resolve(epoch);
    };
    const { events } = await collect(fit(model, make, { ...base, epochs: 3 }));
    expect(epochs).toEqual([1, 2, 3]);
    expect(only(events, "start")[0]?.batches).toBeNull();
    expect(only(events, "step").map(({ loss }) => loss)).toEqual([1, 2.25, 3.0625]);
  });

  test("an iterator that is used up is an error that says what to do", async () => {
    const { model, base } = scalar();
    const once = [1, 2].values();
    const { error } = await collect(fit(model, once, { ...base, epochs: 2 }));
    expect(error).toEqual(
      new RangeError(
        "fit: epoch 2 has no batches; pass batches that can be iterated again, or a function that makes them",
      ),
    );
  });

  test("no validation batches are an error", async () => {
    const { model, base } = scalar();
    const { error } = await collect(fit(model, [1], { ...base, epochs: 1, validation: [] }));
    expect(error).toEqual(new RangeError("fit: there are no batches to evaluate on"));
  });
});

describe("what fit does to the model", () => {
  test("training mode in training, evaluation mode in validation, at the end the mode it was in", async () => {
    for (const mode of [true, false]) {
      const { model, base } = scalar();
      const modes: boolean[] = [];
      const loss = (x: number) => {
        modes.push(model.training);
        return model.forward(x);
      };
      model.train(mode);
      await collect(fit(model, [1], { ...base, loss, epochs: 2, validation: [1] }));
      expect(modes).toEqual([true, false, true, false]);
      expect(model.training).toBe(mode);
    }
  });

  test("gradients left from before do not count", async () => {
    const { model, base } = scalar();
    model.w.grad = tensor(100, { dtype: "float64" });
    await collect(fit(model, [4], { ...base, epochs: 1 }));
    expect(model.value).toBe(2);
    expect(model.w.grad).toBeNull();
  });

  test("clipNorm limits the update and tells the norm before", async () => {
    const { model, base } = scalar({ learningRate: 1 });
    const { events } = await collect(fit(model, [4], { ...base, epochs: 1, clipNorm: 0.5 }));
    expect(only(events, "step")[0]?.gradientNorm).toBe(8);
    expect(model.value).toBeCloseTo(0.5, 6);
  });

  test("clipNorm Infinity only measures", async () => {
    const { model, base } = scalar();
    const { events } = await collect(
      fit(model, [4], { ...base, epochs: 1, clipNorm: Number.POSITIVE_INFINITY }),
    );
    expect(only(events, "step")[0]?.gradientNorm).toBe(8);
    expect(model.value).toBe(2);
  });

  test("clipValue limits every element", async () => {
    const { model, base } = scalar({ learningRate: 1 });
    await collect(fit(model, [4], { ...base, epochs: 1, clipValue: 0.25 }));
    expect(model.value).toBe(0.25);
  });

  test("chunks make one update each", async () => {
    const { model, base } = scalar();
    const { events } = await collect(
      fit(model, [[4, 8], [1]], {
        optimizer: base.optimizer,
        loss: () => model.forward(0),
        epochs: 1,
        *chunks(xs) {
          for (const x of xs) {
            const loss = model.forward(x);
            loss.backward();
            yield { loss: loss.item() };
          }
        },
      }),
    );
    expect(only(events, "step").map(({ step, batch, loss }) => [step, batch, loss])).toEqual([
      [1, 1, 16],
      [2, 1, 36],
      [3, 2, 16],
    ]);
  });
});

describe("schedules in fit", () => {
  test("move on after every epoch", async () => {
    const { model, base } = scalar({ learningRate: 1e-3 });
    const schedule = new LRScheduler(base.optimizer, stepLR({ stepSize: 1, gamma: 0.5 }));
    const { events } = await collect(fit(model, [1, 2], { ...base, epochs: 2, schedule }));
    expect(only(events, "step").map(({ learningRate }) => learningRate)).toEqual([1e-3, 1e-3, 5e-4, 5e-4]);
    expect(only(events, "epoch").map(({ learningRate }) => learningRate)).toEqual([1e-3, 5e-4]);
  });

  test("or after every step", async () => {
    const { model, base } = scalar({ learningRate: 1e-3 });
    const schedule = new LRScheduler(base.optimizer, stepLR({ stepSize: 1, gamma: 0.5 }));
    const { events } = await collect(
      fit(model, [1, 2], { ...base, epochs: 1, schedule, scheduleEvery: "step" }),
    );
    expect(only(events, "step").map(({ learningRate }) => learningRate)).toEqual([1e-3, 5e-4]);
    expect(only(events, "epoch")[0]?.learningRate).toBe(5e-4);
  });

  test("one cycle moves on after every step, unless scheduleEvery says otherwise", async () => {
    for (const scheduleEvery of [undefined, "epoch"] as const) {
      const { model, base } = scalar();
      const rule = oneCycleLR({
        maxLearningRate: 0.01,
        totalSteps: 4,
        annealStrategy: "linear",
        cycleMomentum: false,
      });
      const schedule = new LRScheduler(base.optimizer, rule);
      const { events } = await collect(
        fit(model, [1, 2], { ...base, epochs: 2, schedule, ...(scheduleEvery && { scheduleEvery }) }),
      );
      const rates = only(events, "step").map(({ learningRate }) => learningRate);
      const cycle = [0, 1, 2, 3].map((step) => rule.learningRate(step, 0, 0));
      expect(rates).toEqual(scheduleEvery ? [cycle[0], cycle[0], cycle[1], cycle[1]] : cycle);
    }
  });

  test("see the training loss where there is no validation", async () => {
    const { model, base } = scalar({ learningRate: 1e-9 });
    const schedule = new ReduceLROnPlateau(base.optimizer, { patience: 0, factor: 0.5, eps: 0 });
    const { events } = await collect(fit(model, [1], { ...base, epochs: 3, schedule }));
    expect(only(events, "epoch").map(({ learningRate }) => learningRate)).toEqual([1e-9, 1e-9, 5e-10]);
  });

  test("see a monitored metric, larger being better", async () => {
    const { model, base } = scalar({ learningRate: 1e-9 });
    const values = [1, 2, 2, 3];
    const metric = () => ({
      update() {},
      get value() {
        return values.shift()!;
      },
    });
    const schedule = new ReduceLROnPlateau(base.optimizer, { patience: 0, factor: 0.5, eps: 0, mode: "max" });
    const { events } = await collect(
      fit(model, [1], {
        ...base,
        loss: (x) => ({ loss: model.forward(x), output: model.w, targets: tensor(x) }),
        epochs: 4,
        schedule,
        validation: [1],
        metrics: { metric },
        monitor: "metric",
      }),
    );
    expect(only(events, "epoch").map(({ learningRate }) => learningRate)).toEqual([1e-9, 1e-9, 1e-9, 5e-10]);
  });

  test("see the monitored validation result", async () => {
    const { model, base } = scalar({ learningRate: 0 });
    base.optimizer.parameterGroups[0]!.learningRate = 1e-9;
    const schedule = new ReduceLROnPlateau(base.optimizer, { patience: 0, factor: 0.5, eps: 0 });
    const { events } = await collect(fit(model, [1], { ...base, epochs: 3, schedule, validation: [1] }));
    expect(only(events, "epoch").map(({ learningRate }) => learningRate)).toEqual([1e-9, 1e-9, 5e-10]);
  });
});
