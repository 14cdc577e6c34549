import { Worker } from "node:worker_threads";
import { Linear, Module, Parameter } from "@rnn/nn";
import { ones } from "@rnn/tensor";
import { type FitOptions, fit, SGD, serveReplica, type WorkerLike } from "@rnn/train";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { collect, only, Scalar } from "../toy.ts";
import { replicaModule, type Starter } from "./threads.ts";

let small: Starter;
beforeAll(async () => {
  small = await replicaModule("small");
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function learn(options: Partial<FitOptions<number[]>>, batches: number[][] = [[1, 2]]) {
  const model = new Scalar();
  return fit(model, batches, {
    optimizer: new SGD(model.parameters(), { learningRate: 0.25 }),
    epochs: 1,
    loss: (xs) => model.forward(xs[0]!),
    parallel: 2,
    ...options,
  });
}

describe("a replica that fails ends the training", () => {
  test.each([
    ["throws-first", "fit: replica 1 of 1: no such vocabulary"],
    [
      "nothing",
      "fit: replica 1 of 1: its thread ended with exit code 0 before its module called serveReplica",
    ],
    [
      "another-model",
      'fit: replica 1 of 1: serveReplica: the model has "w" float64 [1] where the one that is trained has "w" float64 []',
    ],
    [
      "larger-model",
      'fit: replica 1 of 1: serveReplica: the model has "more.w" float64 [] where the one that is trained has nothing more',
    ],
    [
      "bad-loss",
      "fit: replica 1 of 1: serveReplica: what loss returns must be a Variable or { loss, weight }, got 5",
    ],
    ["bad-weight", "fit: replica 1 of 1: serveReplica: weight must be a finite number >= 0, got -1"],
    ["chunks", "fit: replicas serve chunks, but the training has loss; both need the same"],
  ])("%s", async (kind, message) => {
    const { events, error } = await collect(learn({ worker: small(kind), parallel: 1 }));
    expect((error as Error).message).toBe(message);
    expect(events.map(({ type }) => type)).toEqual(["start"]);
  });

  test.each([
    ["throws-at-2", "fit: replica 2 of 2: Embedding.forward: index 2 is outside 0..1"],
    ["exits-at-2", "fit: replica 2 of 2: its thread ended with exit code 7"],
  ])("%s, while another waits for it", async (kind, message) => {
    const { error } = await collect(learn({ worker: small(kind) }));
    expect((error as Error).message).toBe(message);
  });

  test("outside of its loss function", async () => {
    const batches = Array.from({ length: 10 }, () => [1]);
    const { error } = await collect(learn({ worker: small("throws-later"), parallel: 1 }, batches));
    expect((error as Error).message).toBe("fit: replica 1 of 1: thrown by a timer");
  });

  test("one that serves no chunks, or what are none", async () => {
    const withChunks = async (kind: string) =>
      ((await collect(learn({ worker: small(kind), chunks: () => [], parallel: 1 }))).error as Error).message;
    expect(await withChunks("square")).toBe(
      "fit: replicas serve loss, but the training has chunks; both need the same",
    );
    expect(await withChunks("bad-chunks")).toBe(
      "fit: replica 1 of 1: serveReplica: what chunks returns must be something to iterate over, as tbptt(...), got 5",
    );
  });

  test("with the error as cause", async () => {
    const { error } = await collect(learn({ worker: small("throws-at-2") }));
    expect(String((error as Error).cause)).toBe("Error: Embedding.forward: index 2 is outside 0..1");
    expect(((error as Error).cause as Error).stack).toMatch(/^RangeError: Embedding.forward/);
  });

  test("a module that cannot be found", async () => {
    const worker = () => new Worker(new URL("./missing.js", import.meta.url));
    const { error } = await collect(learn({ worker, parallel: 1 }));
    expect((error as Error).message).toMatch(/^fit: replica 1 of 1: Cannot find module/);
  });

  test("a thread that never calls serveReplica", async () => {
    vi.useFakeTimers();
    try {
      const silent = { postMessage() {}, terminate() {}, addEventListener() {} };
      const result = collect(learn({ worker: () => silent }));
      await vi.advanceTimersByTimeAsync(60_000);
      expect(((await result).error as Error).message).toBe(
        "fit: replica 1 of 2: its module has not called serveReplica within 60 s",
      );
    } finally {
      vi.useRealTimers();
    }
  });

  test("a worker that is none", async () => {
    const { error } = await collect(learn({ worker: () => 5 as unknown as WorkerLike }));
    expect(error).toEqual(new TypeError("fit: what worker returns must be a Worker, got 5"));
  });
});

test("a parameter that is not contiguous is refused", async () => {
  class Transposed extends Module {
    readonly fixed = this.parameter("fixed", new Parameter(ones([2, 3]).transpose(0, 1)));
    readonly w = this.parameter("w", new Parameter(ones([2])));
    override forward() {}
  }
  const model = new Transposed();
  const { error } = await collect(
    fit(model, [[1]], {
      optimizer: new SGD([model.w], { learningRate: 1 }),
      epochs: 1,
      loss: () => model.w.sum(),
      parallel: 1,
      worker: small("square"),
    }),
  );
  expect(error).toEqual(
    new TypeError('fit: parallel needs contiguous parameters, but "fixed" is a view with other strides'),
  );
});

describe("options of fit", () => {
  test.each<[Partial<FitOptions<number[]>>, Error]>([
    [
      { worker: undefined },
      new TypeError("fit: parallel needs worker, a function that starts a thread with a replica"),
    ],
    [{ parallel: 0 }, new RangeError("fit: parallel must be an integer >= 1, got 0")],
    [{ worker: 5 as never }, new TypeError("fit: worker must be a function, got 5")],
    [{ shard: 5 as never }, new TypeError("fit: shard must be a function, got 5")],
    [
      { optimizer: new SGD(new Linear({ inFeatures: 1, outFeatures: 1 }).parameters()) },
      new TypeError(
        'fit: parallel needs a model with all parameters; "weight" of the optimizer is not in it',
      ),
    ],
  ])("%o is refused before anything runs", (options, error) => {
    expect(() => learn({ worker: () => new Worker(""), ...options })).toThrow(error);
  });
});

describe("serveReplica", () => {
  const model = new Scalar();
  const loss = () => model.forward(1);
  test.each([
    [
      { model, loss },
      new Error("serveReplica: this is not a worker; call it in the module that fit's option worker starts"),
    ],
    [{ model }, new TypeError("serveReplica: got neither loss nor chunks; pass one of them")],
    [
      { model, loss, chunks: () => [] },
      new TypeError("serveReplica: got both loss and chunks; pass one of them"),
    ],
    [{ model: 5, loss }, new TypeError("serveReplica: model must be a Module, got 5")],
    [{ model, loss: 5 }, new TypeError("serveReplica: loss must be a function, got 5")],
    [{ model, chunks: 5 }, new TypeError("serveReplica: chunks must be a function, got 5")],
    [
      { model, losses: loss },
      new TypeError(
        'serveReplica: unknown option "losses" (did you mean "loss"?); options are model, loss, chunks',
      ),
    ],
  ])("refuses %o", (options, error) => {
    expect(() => serveReplica(options as never)).toThrow(error);
  });
});

describe("where it is not possible one thread does all, and says so once", () => {
  const reason =
    "there is no SharedArrayBuffer. A page has it when it is served with the headers " +
    "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp";

  async function notices(worker: () => WorkerLike) {
    const { events, error } = await collect(learn({ worker, epochs: 2 }, [[4]]));
    expect(error).toBe(null);
    expect(events.map(({ type }) => type)).toEqual([
      "start",
      "notice",
      "step",
      "epoch",
      "step",
      "epoch",
      "end",
    ]);
    expect(only(events, "step").map(({ loss }) => loss)).toEqual([16, 4]);
    return only(events, "notice").map(({ message }) => message);
  }

  test("without SharedArrayBuffer", async () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(await notices(small("square"))).toEqual([
      `parallel: 2 is not possible here, so one thread does all: ${reason}`,
    ]);
  });

  test("in a page that is not isolated", async () => {
    vi.stubGlobal("crossOriginIsolated", false);
    expect(await notices(small("square"))).toEqual([
      `parallel: 2 is not possible here, so one thread does all: ${reason}`,
    ]);
  });

  test("without Worker", async () => {
    const worker = () => {
      throw new ReferenceError("Worker is not defined"); // what `new Worker` does there
    };
    expect(await notices(worker)).toEqual([
      "parallel: 2 is not possible here, so one thread does all: Worker is not defined",
    ]);
  });
});
