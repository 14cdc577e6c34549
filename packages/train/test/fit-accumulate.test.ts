import { Linear, mseLoss } from "@rnn/nn";
import { Generator, rand, type Tensor } from "@rnn/tensor";
import { Adam, type FitOptions, fit, SGD, type TensorBatch, tensorBatches } from "@rnn/train";
import { expect, test } from "vitest";
import { collect, only, Scalar } from "./toy.ts";

const generator = new Generator(7);
const inputs = rand([10, 3], { generator, dtype: "float64" });
const targets = rand([10, 2], { generator, dtype: "float64" });

/** Trains on the ten samples in order, and returns weights, losses and norms. */
async function train(batchSize: number, options: Partial<FitOptions<TensorBatch>>) {
  const model = new Linear({
    inFeatures: 3,
    outFeatures: 2,
    dtype: "float64",
    generator: new Generator(1),
  });
  const { events } = await collect(
    fit(model, tensorBatches(inputs, targets, { batchSize, shuffle: false }), {
      optimizer: new Adam(model.parameters(), { learningRate: 0.1 }),
      epochs: 3,
      loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
      clipNorm: Number.POSITIVE_INFINITY,
      ...options,
    }),
  );
  const steps = only(events, "step");
  return {
    steps,
    numbers: [
      ...model.parameters().flatMap(({ value }) => [...(value as Tensor).data]),
      ...steps.flatMap(({ loss, gradientNorm }) => [loss, gradientNorm!]),
      ...only(events, "epoch").map(({ trainLoss }) => trainLoss),
    ],
  };
}

test.each([
  { of: "equal batches", small: 2, accumulate: 2, large: 4 },
  { of: "batches of which the last is short", small: 3, accumulate: 2, large: 6 },
  { of: "more batches than there are", small: 4, accumulate: 100, large: 10 },
])("accumulating $of gives the updates of the large batch", async ({ small, accumulate, large }) => {
  const parts = await train(small, { accumulate });
  const whole = await train(large, {});
  expect(parts.steps.map(({ step, samples }) => [step, samples])).toEqual(
    whole.steps.map(({ step, samples }) => [step, samples]),
  );
  expect(parts.numbers.length).toBe(whole.numbers.length);
  for (const [i, number] of parts.numbers.entries()) expect(number).toBeCloseTo(whole.numbers[i]!, 12);
});

test("a step tells the last batch of its group; one left over at the end of an epoch is a group of its own", async () => {
  const { steps } = await train(2, { accumulate: 2, epochs: 2 });
  expect(steps.map(({ epoch, batch, samples }) => [epoch, batch, samples])).toEqual([
    [1, 2, 4],
    [1, 4, 4],
    [1, 5, 2],
    [2, 2, 4],
    [2, 4, 4],
    [2, 5, 2],
  ]);
});

test("an abort between the batches of a group makes no update", async () => {
  const model = new Scalar();
  const signal = { aborted: false };
  const { events } = await collect(
    fit(model, [1, 2, 3], {
      optimizer: new SGD(model.parameters(), { learningRate: 1 }),
      epochs: 1,
      accumulate: 3,
      loss: (x) => {
        signal.aborted = x === 2;
        return model.forward(x);
      },
      signal,
    }),
  );
  expect(events.at(-1)).toMatchObject({ reason: "aborted", steps: 0 });
  expect(model.value).toBe(0);
});
