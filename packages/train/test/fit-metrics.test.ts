import { type Tensor, tensor } from "@rnn/tensor";
import { type Checkpoint, type FitOptions, fit, type Metric, SGD } from "@rnn/train";
import { meanAbsoluteError } from "@rnn/train/metrics";
import { describe, expect, test } from "vitest";
import { collect, only, Scalar } from "./toy.ts";

/** Training of a number w from 0 on: an update with x leaves it halfway to x. Its output is w, its target x. */
function training(options: Partial<FitOptions<number, "error">> = {}) {
  const model = new Scalar();
  const events = fit(model, [4, 8], {
    optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
    epochs: 2,
    loss: (x) => ({ loss: model.forward(x), output: model.w, targets: tensor(x) }),
    metrics: { error: meanAbsoluteError },
    trainMetrics: true,
    ...options,
  });
  return { model, run: collect(events) };
}

const metricsOf = async ({ run }: ReturnType<typeof training>) => {
  const { events, error } = await run;
  expect(error).toBe(null);
  return only(events, "epoch").map(({ trainMetrics, validation }) => [trainMetrics, validation?.metrics]);
};

describe("metrics over the training batches", () => {
  test("come from the outputs before each update, and need no validation", async () => {
    // w is 0, 2 | 5, 4.5 when it is compared with 4, 8 | 4, 8
    expect(await metricsOf(training())).toEqual([
      [{ error: (4 + 6) / 2 }, undefined],
      [{ error: (1 + 3.5) / 2 }, undefined],
    ]);
  });

  test("stand beside those of the validation", async () => {
    expect(await metricsOf(training({ validation: [1], epochs: 1 }))).toEqual([[{ error: 5 }, { error: 4 }]]);
  });

  test("change nothing about what is learned; without the option there are none", async () => {
    const [with_, without] = [
      training(),
      training({ trainMetrics: false, validation: [1], restoreBest: false }),
    ];
    expect(await metricsOf(without)).toEqual([
      [null, { error: 4 }],
      [null, { error: 5.25 }],
    ]);
    await with_.run;
    expect(with_.model.value).toBe(without.model.value);
  });

  test("count every batch where several make an update", async () => {
    expect(await metricsOf(training({ accumulate: 2, epochs: 1 }))).toEqual([[{ error: 6 }, undefined]]);
  });

  test("are of the batches since a checkpoint within the epoch", async () => {
    let saved: Checkpoint | null = null;
    const store = {
      save(checkpoint: Checkpoint) {
        saved ??= checkpoint; // after the first step
      },
      load: () => saved,
    };
    const checkpoints = { store, everySteps: 1 };
    await training({ checkpoints }).run;
    expect(await metricsOf(training({ checkpoints, epochs: 1 }))).toEqual([[{ error: 6 }, undefined]]);
  });

  test("take nothing in of a batch whose loss is not finite", async () => {
    const seen: number[] = [];
    const metric = (): Metric => ({
      update: (_output, targets: Tensor) => void seen.push(targets.item()),
      value: 0,
    });
    const model = new Scalar();
    const { error } = await collect(
      fit(model, [4, Number.NaN], {
        optimizer: new SGD(model.parameters()),
        epochs: 1,
        loss: (x) => ({ loss: model.forward(x), output: model.w, targets: tensor(x) }),
        metrics: { metric },
        trainMetrics: true,
      }),
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(seen).toEqual([4]);
  });

  test.each<[object, TypeError]>([
    [{ metrics: undefined }, new TypeError("fit: trainMetrics needs metrics")],
    [{ metrics: {} }, new TypeError("fit: trainMetrics needs metrics")],
    [{ trainMetrics: 1 }, new TypeError("fit: trainMetrics must be true or false, got 1")],
    [
      { chunks: () => [] },
      new TypeError("fit: got both trainMetrics and chunks, whose outputs are not seen here"),
    ],
    [
      { parallel: 2, worker() {} },
      new TypeError("fit: got both trainMetrics and parallel, whose outputs are not seen here"),
    ],
  ])("%o is refused", (options, error) => {
    expect(() => training(options)).toThrow(error);
  });
});
