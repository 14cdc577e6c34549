import { GRU, LSTM, RNN, Streaming } from "@rnn/nn";
import { backend, randn, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

/** Few enough that most tries end before the next collection. */
const STEPS = 1_000;
/** The smallest object: a number that is not a small integer. */
const SMALLEST = 16;

/** Bytes of the heap that a step uses up: the median of some tries, few of which a collection falls into. */
function garbageOf(step: () => void): number {
  const tries = Array.from({ length: 9 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let k = 0; k < STEPS; k++) step();
    return (process.memoryUsage().heapUsed - before) / STEPS;
  });
  return tries.sort((a, b) => a - b)[4]!;
}

/** What a step leaves once its functions are compiled, which on a busy machine may take a while: until then numbers are objects. */
function garbageWhenWarm(step: () => void): number {
  let garbage = garbageOf(step);
  for (let i = 0; i < 100 && garbage >= SMALLEST; i++) garbage = garbageOf(step);
  return garbage;
}

describe.skipIf(backend() === "js")("a step of a stream into a tensor that is given", () => {
  it.each([
    { name: "LSTM", make: () => new LSTM({ inputSize: 4, hiddenSize: 8, numLayers: 2 }) },
    { name: "LSTM with projSize", make: () => new LSTM({ inputSize: 4, hiddenSize: 9, projSize: 8 }) },
    { name: "GRU", make: () => new GRU({ inputSize: 4, hiddenSize: 8 }) },
    {
      name: "GRU with resetAfter: false",
      make: () => new GRU({ inputSize: 4, hiddenSize: 8, resetAfter: false }),
    },
    { name: "RNN", make: () => new RNN({ inputSize: 4, hiddenSize: 8 }) },
  ])("makes no garbage: $name", ({ make }) => {
    const stream = new Streaming<{ h: unknown }>(make().eval());
    const [x, out] = [randn([2, 4]), zeros([2, 8])];
    const garbage = garbageWhenWarm(() => stream.step(x, out));
    expect(garbage).toBeGreaterThanOrEqual(0);
    expect(garbage).toBeLessThan(SMALLEST);
  });

  it("is what is measured here: without one, there is some", () => {
    const stream = new Streaming(new GRU({ inputSize: 4, hiddenSize: 8 }).eval());
    const x = randn([2, 4]);
    expect(garbageOf(() => stream.step(x))).toBeGreaterThan(SMALLEST);
  });
});
