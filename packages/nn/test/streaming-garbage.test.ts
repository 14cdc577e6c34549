import { GRU, LSTM, RNN, Streaming } from "@rnn/nn";
import { backend, randn, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

// A step is a few microseconds, and compiled only after thousands of them; until then numbers are objects.
const WARM_UP = 50_000;
const STEPS = 5_000;

/** Bytes of the heap that a step uses up: the least of some tries, one of which no collection falls into. */
function garbageOf(step: () => void): number {
  for (let i = 0; i < WARM_UP; i++) step();
  const tries = Array.from({ length: 9 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < STEPS; i++) step();
    return (process.memoryUsage().heapUsed - before) / STEPS;
  });
  return Math.min(...tries.filter((bytes) => bytes >= 0));
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
    // the smallest object is 16 bytes
    expect(garbageOf(() => stream.step(x, out))).toBeLessThan(8);
  });

  it("is what is measured here: without one, there is some", () => {
    const stream = new Streaming(new GRU({ inputSize: 4, hiddenSize: 8 }).eval());
    const x = randn([2, 4]);
    expect(garbageOf(() => stream.step(x))).toBeGreaterThan(16);
  });
});
