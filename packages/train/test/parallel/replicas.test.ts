import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { expectClose, tolerances } from "@internal/testing";
import { defaultGenerator, manualSeed } from "@rnn/tensor";
import { type Checkpoint, type FitOptions, fit, SGD } from "@rnn/train";
import { beforeAll, describe, expect, test } from "vitest";
import { collect, only, Scalar } from "../toy.ts";
import { Counting, Dropping, Switching } from "./models.ts";
import { bundled, replicaModule, type Starter } from "./threads.ts";

let small: Starter;
beforeAll(async () => {
  small = await replicaModule("small");
});

/** A training of w on lists of numbers; its loss here is never asked for. */
function learn<Batch = number[]>(
  kind: string,
  batches: Iterable<Batch>,
  options: Partial<FitOptions<Batch>> = {},
) {
  const model = new Scalar();
  const events = fit(model, batches, {
    optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
    epochs: 1,
    loss: () => model.forward(0),
    parallel: 2,
    worker: small(kind),
    ...options,
  });
  return { model, events };
}

const losses = async (run: ReturnType<typeof learn>) => {
  const { events, error } = await collect(run.events);
  expect(error).toBe(null);
  return only(events, "step").map(({ loss }) => loss);
};

describe("the mean over a batch", () => {
  test("weighs shards by their samples", async () => {
    const run = learn("square", [[1, 2, 6]]);
    expect(await losses(run)).toEqual([(1 + 4 + 36) / 3]);
    expect(run.model.value).toBeCloseTo(0.25 * 2 * 3, 14); // half of the mean
  });

  test("needs no samples for some replicas", async () => {
    const run = learn("square", [[4], [3]], { parallel: 3 });
    expect(await losses(run)).toEqual([16, 1]);
    expect(run.model.value).toBe(2.5);
  });

  test("weighs shards by the weight that the replica gives", async () => {
    const run = learn("weighted", [[1, 3]]);
    expect(await losses(run)).toEqual([(1 * 1 + 3 * 9) / 4]);
    expect(run.model.value).toBe(0.25 * ((1 * 2 + 3 * 6) / 4));
  });

  test("has nothing of a replica that did not use a parameter this time", async () => {
    const train = async (parallel: number | undefined) => {
      const model = new Switching();
      const batches = [
        [1, -2, 3, -4],
        [5, 6, 7, -8],
        [9, 10, -11, 12],
      ];
      const { error } = await collect(
        fit(model, batches, {
          optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
          epochs: 1,
          loss: (xs) => model.forward(xs),
          parallel,
          worker: small("switching"),
        }),
      );
      expect(error).toBe(null);
      return [...model.a.value.data, ...model.b.value.data];
    };
    expectClose(await train(2), await train(undefined), tolerances.value.float64);
  });

  test("an empty batch is passed over", async () => {
    expect(await losses(learn("square", [[], [2], []]))).toEqual([4]);
  });

  test("chunks go on while any replica has some", async () => {
    const run = learn("each-number", [[[2], [4, 6]]], { chunks: () => [] });
    // (w - 2)² and (w - 4)² together, then (w - 6)² alone
    expect(await losses(run)).toEqual([10, (1.5 - 6) ** 2]);
    expect(run.model.value).toBe(3.75);
  });

  test("a batch without end: the training ends when it is left", async () => {
    const run = learn("square", endless());
    for await (const event of run.events) if (event.type === "step" && event.step === 50) break;
    expect(run.model.value).toBeCloseTo(1, 9);
  });
});

function* endless() {
  for (;;) yield [1, 1];
}

describe("random numbers", () => {
  const drop = async (seed: number, batches: number[][]) => {
    manualSeed(seed);
    const model = new Dropping();
    const { events, error } = await collect(
      fit(model, batches, {
        optimizer: new SGD(model.parameters(), { learningRate: 0 }),
        epochs: 1,
        loss: (xs) => model.forward(xs),
        parallel: 2,
        worker: small("dropping"),
      }),
    );
    expect(error).toBe(null);
    return only(events, "step").map(({ loss }) => loss);
  };

  test("are the same for the same seed, others for another", async () => {
    const batches = [
      [1, 1],
      [1, 1],
      [1, 1],
    ];
    const first = await drop(1, batches);
    expect(new Set(first).size).toBe(3);
    expect(await drop(1, batches)).toEqual(first);
    expect(await drop(2, batches)).not.toEqual(first);
  });

  test("differ between replicas", async () => {
    // the loss is the difference of the two replicas' means: zero for the same mask
    const [difference] = await drop(1, [[1, -1]]);
    expect(difference).not.toBe(0);
  });

  test("go on in the next training, and are not drawn where none are needed", async () => {
    manualSeed(1);
    const before = defaultGenerator().getState();
    await losses(learn("square", [[1, 2]]));
    expect(defaultGenerator().getState()).toEqual(before);
    await drop(1, [[1, 1]]);
    expect(defaultGenerator().getState()).not.toEqual(before);
  });
});

test("a training resumes from a checkpoint with the same random numbers", async () => {
  const batches = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ];
  let newest: Checkpoint | null = null;
  const train = async (resume: boolean, last: number) => {
    manualSeed(resume ? 5 : 1);
    const model = new Dropping();
    const store = { save: (checkpoint: Checkpoint) => void (newest = checkpoint), load: () => newest };
    for await (const event of fit(model, batches, {
      optimizer: new SGD(model.parameters(), { learningRate: 0.1 }),
      epochs: 2,
      loss: (xs) => model.forward(xs),
      parallel: 2,
      worker: small("dropping"),
      checkpoints: { store, everySteps: 1, resume },
    })) {
      if (event.type === "checkpoint" && event.step === last) break;
    }
    return [...model.w.value.data];
  };
  const whole = await train(false, 8);
  await train(false, 3);
  expect(await train(true, 8)).toEqual(whole);
});

test("buffers go to the replicas, and come back from the first", async () => {
  const model = new Counting();
  model.runs.data[0] = 10;
  const { error } = await collect(
    fit(
      model,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      {
        optimizer: new SGD(model.parameters(), { learningRate: 0.1 }),
        epochs: 2,
        loss: (xs) => model.forward(xs),
        parallel: 2,
        worker: small("counting"),
      },
    ),
  );
  expect(error).toBe(null);
  expect(model.runs.toArray()).toEqual([14, 4]); // one sample of three in each batch
});

test("the event loop turns while replicas compute", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  await losses(
    learn("slow", [
      [1, 2],
      [1, 2],
    ]),
  );
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(20); // of 60 in twice 150 ms
});

test("other messages of the threads are none of its business", async () => {
  expect(await losses(learn("talkative", [[1, 3]]))).toEqual([5]);
});

test("workers may be event targets, as in browsers", async () => {
  const start = small("square");
  const worker = () => {
    const thread = start();
    return {
      postMessage: (message: unknown, transfer: ArrayBuffer[]) => thread.postMessage(message, transfer),
      terminate: () => void thread.terminate(),
      addEventListener(type: string, listener: (event: { data?: unknown; message?: string }) => void) {
        if (type === "message") thread.on(type, (data) => listener({ data }));
        if (type === "error") thread.on(type, ({ message }) => listener({ message }));
      },
    };
  };
  expect(await losses(learn("", [[1, 3]], { worker }))).toEqual([5]);
});

describe("threads end with the training", () => {
  /** Workers that were started, and a promise of their ends. */
  function watched(kind: string) {
    const ended: Promise<unknown>[] = [];
    const start = small(kind);
    const worker = (): Worker => {
      const started = start();
      ended.push(once(started, "exit"));
      return started;
    };
    return { worker, ended };
  }

  test("when it is completed", async () => {
    const { worker, ended } = watched("square");
    await collect(learn("square", [[1]], { worker }).events);
    expect(await Promise.all(ended)).toHaveLength(2);
  });

  test("when the loop is left", async () => {
    const { worker, ended } = watched("square");
    for await (const { type } of learn("square", [[1]], { worker, epochs: 9 }).events)
      if (type === "step") break;
    expect(await Promise.all(ended)).toHaveLength(2);
  });

  test("when it is aborted", async () => {
    const { worker, ended } = watched("square");
    const controller = new AbortController();
    let reason = "";
    const { events } = learn("square", [[1]], { worker, epochs: 9, signal: controller.signal });
    for await (const event of events) {
      if (event.type === "step") controller.abort();
      if (event.type === "end") reason = event.reason;
    }
    expect(reason).toBe("aborted");
    expect(await Promise.all(ended)).toHaveLength(2);
  });

  test("when the batches fail, with replicas waiting", async () => {
    const { worker, ended } = watched("square");
    const { error } = await collect(
      learn(
        "square",
        (function* () {
          yield [1];
          throw new Error("disk full");
        })(),
        { worker },
      ).events,
    );
    expect(error).toEqual(new Error("disk full"));
    expect(await Promise.all(ended)).toHaveLength(2);
  });

  test("when one fails while the other waits for it", async () => {
    const { worker, ended } = watched("throws-at-2");
    await collect(learn("", [[1, 2]], { worker }).events);
    expect(await Promise.all(ended)).toHaveLength(2);
  });
});

describe("a process of its own", () => {
  /** What `replicas/NAME.ts` says, and how it ends. */
  async function run(name: string) {
    const define = { REPLICA: JSON.stringify(await bundled("small")) };
    const child = spawn(process.execPath, ["--input-type=module"], { timeout: 30_000 });
    child.stdin.end(await bundled(name, { format: "esm", define }));
    const ended = once(child, "exit"); // with no code if it had to be stopped
    const [said, errors] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
    const [code] = await ended;
    return { said: String(Buffer.concat(said)), errors: String(Buffer.concat(errors)), code };
  }

  test("is not kept alive by the replicas of a training that is forgotten", async () => {
    expect(await run("abandoned")).toEqual({ said: "left\n", errors: "", code: 0 });
  });

  test("lives until a failed training has ended its replicas", async () => {
    const said = "Error: fit: replica N of 2: no such vocabulary\n".repeat(15);
    expect(await run("failing")).toEqual({ said, errors: "", code: 0 });
  });
});

test("memory stays flat", async () => {
  const bytes = () => {
    const { arrayBuffers, external, rss } = process.memoryUsage();
    return { buffers: arrayBuffers + external, rss };
  };
  const run = learn("square", endless());
  let start = bytes();
  let end = start;
  for await (const event of run.events) {
    if (event.type !== "step") continue;
    if (event.step === 1000) start = bytes();
    if (event.step === 5000) {
      end = bytes();
      break;
    }
  }
  expect(end.buffers - start.buffers).toBeLessThan(4e6);
  expect(end.rss - start.rss).toBeLessThan(40e6);
});
