import { zeros } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { laneBatches } from "./lane-batches.ts";

describe("laneBatches", () => {
  const stream = Array.from({ length: 23 }, (_, t) => 100 + t);

  test("every id but the first of its lane is the target of the one before, once and in order", () => {
    for (const sequenceLength of [1, 3, 5, 6, 50]) {
      const batches = laneBatches(stream, { batchSize: 3, sequenceLength });
      const all = [...batches];
      expect(all).toHaveLength(batches.length);
      for (const lane of [0, 1, 2]) {
        const inputs = all.flatMap((batch) => batch.inputs.select(1, lane).toArray());
        const targets = all.flatMap((batch) => batch.targets.select(1, lane).toArray());
        expect(inputs).toEqual(stream.slice(7 * lane, 7 * lane + 6));
        expect(targets).toEqual(stream.slice(7 * lane + 1, 7 * lane + 7));
      }
    }
  });

  test("windows are of equal length but the last, tell their size, and begin once", () => {
    const all = [...laneBatches(stream, { batchSize: 3, sequenceLength: 4 })];
    expect(all.map(({ inputs }) => inputs.shape)).toEqual([
      [4, 3],
      [2, 3],
    ]);
    expect(all.map(({ size }) => size)).toEqual([12, 6]);
    expect(all.map(({ isStart }) => isStart)).toEqual([true, false]);
  });

  test("every pass is the same", () => {
    const batches = laneBatches(stream, { batchSize: 2, sequenceLength: 4 });
    const pass = () => [...batches].map(({ inputs }) => inputs.toArray());
    expect(pass()).toEqual(pass());
    expect(batches.generator).toBeNull();
  });

  const bad = (ids: unknown, options: object) => () =>
    laneBatches(ids as number[], options as { batchSize: 1; sequenceLength: 1 });
  test.each([
    [
      bad([1, 2], { batchSize: 0, sequenceLength: 1 }),
      new RangeError("laneBatches: batchSize must be an integer >= 1, got 0"),
    ],
    [
      bad([1, 2], { batchSize: 1 }),
      new RangeError("laneBatches: sequenceLength must be an integer >= 1, got undefined"),
    ],
    [
      bad([1, 2, 3], { batchSize: 2, sequenceLength: 1 }),
      new RangeError("laneBatches: a stream of 3 ids gives 2 lanes of one id each, which has no next one"),
    ],
    [
      bad([1], { batchSize: 2, sequenceLength: 1 }),
      new RangeError("laneBatches: a stream of 1 ids cannot be cut into 2 lanes"),
    ],
    [
      bad("hello", { batchSize: 1, sequenceLength: 1 }),
      new TypeError('laneBatches: stream must be a list of token ids, got "hello"'),
    ],
    [
      bad(zeros([4], { dtype: "int32" }), { batchSize: 1, sequenceLength: 1 }),
      new TypeError(
        "laneBatches: stream must be a list of token ids, got an object of Tensor; pass its toArray() if it is [L]",
      ),
    ],
    [
      bad([1, 2], { batchSize: 1, sequenceLength: 1, bptt: 3 }),
      new TypeError('laneBatches: unknown option "bptt"; options are batchSize, sequenceLength'),
    ],
  ])("refuses %#", (call, error) => {
    expect(call).toThrow(error);
  });
});
