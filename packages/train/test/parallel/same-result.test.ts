import { expectClose } from "@internal/testing";
import { manualSeed, tensor } from "@rnn/tensor";
import { AdamW, type FitOptions, fit, lanes, type SequenceBatch, SGD, sequenceBatches } from "@rnn/train";
import { beforeAll, describe, expect, test } from "vitest";
import { collect, only } from "../toy.ts";
import { Lanes, Reader } from "./models.ts";
import { replicaModule, type Starter } from "./threads.ts";

let reader: Starter;
let stream: Starter;
beforeAll(async () => {
  [reader, stream] = await Promise.all([replicaModule("reader"), replicaModule("lanes")]);
});

/** Sums are rounded in another order, through 15 steps. */
const TIGHT = { rtol: 1e-11, atol: 1e-13 };
const FLOAT32 = { rtol: 1e-4, atol: 1e-5 };

const sequences = Array.from({ length: 22 }, (_, i) =>
  Array.from({ length: 1 + ((i * 7) % 9) }, (_, t) => (i * 5 + t * 3) % 30),
);
const lengths = sequences.map((ids) => Math.sin(ids.length));

/** Trains on batches of 5 and a last one of 2. */
async function read(
  count: number | undefined,
  dtype: "float32" | "float64",
  options: Partial<FitOptions<SequenceBatch>> = {},
) {
  manualSeed(0);
  const model = new Reader(dtype);
  const batches = sequenceBatches(sequences, tensor(lengths, { dtype }), { batchSize: 5 });
  const { events, error } = await collect(
    fit(model, batches, {
      optimizer: new AdamW(model.parameters(), { learningRate: 0.01 }),
      epochs: 3,
      loss: (batch) => model.loss(batch),
      clipNorm: 1,
      parallel: count,
      worker: reader({ dtype }),
      ...options,
    }),
  );
  expect(error).toBe(null);
  const steps = only(events, "step");
  return {
    model,
    losses: steps.map(({ loss }) => loss),
    norms: steps.map(({ gradientNorm }) => gradientNorm!),
    weights: [...model.stateDict().values()].flatMap(({ data }) => [...data]),
  };
}

type Run = Awaited<ReturnType<typeof read>>;

function expectSame(run: Run, alone: Run, tolerance: typeof TIGHT) {
  expectClose(run.losses, alone.losses, tolerance);
  expectClose(run.norms, alone.norms, tolerance);
  expectClose(run.weights, alone.weights, tolerance);
}

describe("replicas learn what one thread learns, up to rounding", () => {
  test.each([1, 2, 3])("%i of them, in float64", async (count) => {
    const alone = await read(undefined, "float64");
    expect(alone.losses).toHaveLength(15);
    expectSame(await read(count, "float64"), alone, TIGHT);
  });

  test("in float32", async () => {
    expectSame(await read(2, "float32"), await read(undefined, "float32"), FLOAT32);
  });

  test("the same bits in every run with as many", async () => {
    const [first, second] = [await read(2, "float32"), await read(2, "float32")];
    expect(second.losses).toEqual(first.losses);
    expect(second.weights).toEqual(first.weights);
  });

  test("with accumulated gradients", async () => {
    const options = { accumulate: 2 };
    expectSame(await read(2, "float64", options), await read(undefined, "float64", options), TIGHT);
  });

  test("what takes no part gets no gradient: weight decay leaves it alone", async () => {
    const { model } = await read(2, "float64");
    expect(model.unused.weight.value.toArray()).toEqual(new Reader().unused.weight.value.toArray());
    expect(model.head.weight.value.toArray()).not.toEqual(new Reader().head.weight.value.toArray());
  });

  test("frozen parameters stay, also when they are frozen in the middle", async () => {
    const heads: unknown[] = [];
    const model = new Reader();
    const batches = sequenceBatches(sequences, tensor(lengths, { dtype: "float64" }), {
      batchSize: 5,
      seed: 1,
    });
    model.embedding.freeze();
    for await (const event of fit(model, batches, {
      optimizer: new AdamW(model.parameters(), { learningRate: 0.01 }),
      epochs: 3,
      loss: (batch) => model.loss(batch),
      parallel: 2,
      worker: reader(),
    })) {
      if (event.type !== "epoch") continue;
      heads.push(model.head.weight.value.toArray());
      if (event.epoch === 1) model.head.freeze();
      if (event.epoch === 2) model.head.freeze(false);
    }
    expect(model.embedding.weight.value.toArray()).toEqual(new Reader().embedding.weight.value.toArray());
    expect(heads[1]).toEqual(heads[0]);
    expect(heads[2]).not.toEqual(heads[1]);
  });
});

describe("truncated backpropagation over lanes", () => {
  const ids = lanes(
    Array.from({ length: 150 }, (_, i) => (i * i + (i >> 2)) % 6),
    5,
  ); // [30, 5]
  const pieces = [ids.slice([0, 15]), ids.slice([14, 26])];

  async function run(count: number | undefined, divided = pieces) {
    const model = new Lanes();
    const { events, error } = await collect(
      fit(model, divided, {
        optimizer: new SGD(model.parameters(), { learningRate: 0.5 }),
        epochs: 2,
        loss: () => model.head.bias!.sum(),
        chunks: (piece) => model.chunks(piece),
        parallel: count,
        worker: stream(),
        shard: (piece, index, count) => piece.chunk(count, 1)[index],
      }),
    );
    expect(error).toBe(null);
    return {
      losses: only(events, "step").map(({ loss }) => loss),
      weights: [...model.stateDict().values()].flatMap(({ data }) => [...data]),
    };
  }

  test.each([2, 3])(
    "is the same with lanes divided among %i replicas, which keep their states",
    async (count) => {
      const alone = await run(undefined);
      const together = await run(count);
      expect(alone.losses).toHaveLength(2 * (4 + 3));
      expectClose(together.losses, alone.losses, TIGHT);
      expectClose(together.weights, alone.weights, TIGHT);
    },
  );

  test("a replica without lanes waits for the others", async () => {
    // chunk() makes three parts of five lanes when it is asked for four
    expectClose((await run(4)).losses, (await run(undefined)).losses, TIGHT);
  });
});
