import { ExponentialMovingAverage, exponentialLR, type FitOptions, fit, LRScheduler, SGD } from "@rnn/train";
import { describe, expect, test } from "vitest";
import { collect, only, Scalar } from "./toy.ts";

/** A scalar model, and the options that every test needs. */
function scalar(): { model: Scalar; base: FitOptions<number> } {
  const model = new Scalar();
  const optimizer = new SGD(model.parameters(), { learningRate: 0.25, momentum: 0.5 });
  return { model, base: { optimizer, epochs: 3, loss: (x) => model.forward(x) } };
}

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("pause", () => {
  test("holds the training up until it is over, and changes nothing else", async () => {
    const pause = { paused: false };
    const run = async (isPaused: boolean) => {
      const { model, base } = scalar();
      let waited = 0;
      let began = 0;
      for await (const event of fit(model, [1, 2, 3], { ...base, pause })) {
        if (began > 0) {
          waited = performance.now() - began;
          began = 0;
        }
        if (isPaused && event.type === "step" && event.step === 4) {
          began = performance.now();
          pause.paused = true;
          setTimeout(() => {
            pause.paused = false;
          }, 60);
        }
      }
      return { value: model.value, waited };
    };
    const [with_, without] = [await run(true), await run(false)];
    expect(with_.value).toBe(without.value);
    expect(with_.waited).toBeGreaterThan(50);
  });

  test("a paused training can be aborted", async () => {
    const { model, base } = scalar();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const { events } = await collect(
      fit(model, [1, 2], { ...base, pause: { paused: true }, signal: controller.signal }),
    );
    expect(events.at(-1)).toMatchObject({ reason: "aborted", steps: 1 });
  });

  test("is not work: it does not count for maxSeconds", async () => {
    const { model, base } = scalar();
    const pause = { paused: true };
    setTimeout(() => {
      pause.paused = false;
    }, 120);
    const { events } = await collect(fit(model, [1], { ...base, pause, maxSeconds: 0.1 }));
    expect(events.at(-1)).toMatchObject({ reason: "completed", epochs: 3 });
  });
});

describe("maxSeconds", () => {
  test("ends the training between two updates", async () => {
    const { model, base } = scalar();
    const { events } = await collect(
      fit(model, [1], {
        ...base,
        epochs: 1_000_000,
        maxSeconds: 0.05,
      }),
    );
    const end = only(events, "end")[0]!;
    expect(end.reason).toBe("time-limit");
    expect(end.message).toBe(`0.05 seconds are over after ${end.steps} steps`);
    expect(end.seconds).toBeGreaterThanOrEqual(0.05);
    expect(end.seconds).toBeLessThan(5);
  });

  test("are counted from the first event on, not from the call of fit", async () => {
    const { model, base } = scalar();
    const events = fit(model, [1], { ...base, epochs: 1, maxSeconds: 0.05 });
    await after(100);
    expect((await collect(events)).events.at(-1)).toMatchObject({ reason: "completed", steps: 1 });
  });

  test("of 0 does nothing", async () => {
    const { model, base } = scalar();
    const { events } = await collect(fit(model, [1], { ...base, maxSeconds: 0 }));
    expect(events.map(({ type }) => type)).toEqual(["start", "end"]);
    expect(model.value).toBe(0);
  });

  test("time that the caller takes counts", async () => {
    const { model, base } = scalar();
    let steps = 0;
    for await (const event of fit(model, [1, 2, 3], { ...base, maxSeconds: 0.04 })) {
      if (event.type !== "step") continue;
      steps++;
      await after(50);
    }
    expect(steps).toBe(1);
  });
});

describe("trial", () => {
  test("one-batch trains and validates on the first batch alone", async () => {
    const { model, base } = scalar();
    let made = 0;
    const batches = function* () {
      for (const x of [5, 1, 2]) {
        made++;
        yield x;
      }
    };
    const { events } = await collect(
      fit(model, batches, { ...base, epochs: 40, validation: [100], trial: "one-batch" }),
    );
    expect(made).toBe(1);
    expect(only(events, "start")[0]?.batches).toBe(1);
    expect(only(events, "step").length).toBe(40);
    expect(only(events, "epoch")[0]?.validation?.loss).toBeLessThan(25);
    expect(model.value).toBeCloseTo(5, 3);
  });

  test.each(["one-batch", "dry-run"] as const)(
    "%s neither continues from checkpoints nor saves any",
    async (trial) => {
      const { model, base } = scalar();
      const used: string[] = [];
      const store = {
        save: () => void used.push("save"),
        load: () => {
          used.push("load");
          return null;
        },
      };
      await collect(fit(model, [1, 2], { ...base, trial, checkpoints: { store, everySteps: 1 } }));
      expect(used).toEqual([]);
    },
  );

  test.each([false, true])(
    "dry-run does one update and one batch of validation, and puts everything back (averages in the model: %s)",
    async (isAveraged) => {
      const { model, base } = scalar();
      const ema = new ExponentialMovingAverage(model);
      const schedule = new LRScheduler(base.optimizer, exponentialLR({ gamma: 0.5 }));
      await collect(fit(model, [1, 2], { ...base, ema, schedule })); // something to put back
      if (!isAveraged) ema.swap();
      const everything = () => {
        const { value } = model;
        if (isAveraged) ema.swap();
        const saved = [model.value, base.optimizer.stateDict(), schedule.stateDict(), ema.stateDict()];
        if (isAveraged) ema.swap();
        return [value, saved, ema.swapped];
      };
      const before = everything();
      let losses = 0;
      const { events } = await collect(
        fit(model, [7, 8], {
          ...base,
          loss: (x) => {
            losses++;
            return model.forward(x);
          },
          ema,
          schedule,
          validation: [3, 4],
          trial: "dry-run",
        }),
      );
      expect(events.map(({ type }) => type)).toEqual(["start", "step", "epoch", "end"]);
      expect(events.at(-1)).toMatchObject({ reason: "completed", epochs: 1, steps: 1 });
      expect(losses).toBe(2);
      expect(everything()).toEqual(before);
    },
  );

  test("a dry run of nothing is an error too", async () => {
    const { model, base } = scalar();
    const { error } = await collect(fit(model, [], { ...base, trial: "dry-run" }));
    expect(error).toEqual(
      new RangeError(
        "fit: epoch 1 has no batches; check that there are samples, at least batchSize of them with dropLast",
      ),
    );
  });
});
