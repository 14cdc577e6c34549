import { Generator, ShapeError, tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { sequenceBatches, tensorBatches } from "./batches.ts";
import { bucketByLength } from "./bucket.ts";
import { lanes } from "./lanes.ts";

/** Lengths between 1 and 60, many of them short. */
const lengths = Array.from({ length: 500 }, (_, i) => 1 + Math.floor(60 * Math.abs(Math.sin(i * i)) ** 3));

const padding = (batches: readonly Int32Array[]): number =>
  batches.reduce((sum, batch) => {
    const longest = Math.max(...Array.from(batch, (i) => lengths[i]!));
    return sum + batch.reduce((wasted, i) => wasted + longest - lengths[i]!, 0);
  }, 0);

describe("bucketByLength", () => {
  test("every sample is in exactly one batch, all batches but one are full", () => {
    const batches = bucketByLength(lengths, { batchSize: 32, seed: 0 });
    expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...lengths.keys()]);
    expect(batches.map(({ length }) => length).sort((a, b) => a - b)).toEqual([20, ...Array(15).fill(32)]);
  });

  test("wastes a small part of what unsorted batches waste", () => {
    const unsorted = bucketByLength(lengths, { batchSize: 32, seed: 0, poolSize: 1 });
    const bucketed = bucketByLength(lengths, { batchSize: 32, seed: 0 });
    expect(padding(bucketed)).toBeLessThan(padding(unsorted) / 10);
  });

  test("the order of the batches is random: lengths neither rise nor fall", () => {
    const longest = bucketByLength(lengths, { batchSize: 32, seed: 0 }).map((batch) => lengths[batch[0]!]!);
    expect(longest).not.toEqual([...longest].sort((a, b) => a - b));
    expect(longest).not.toEqual([...longest].sort((a, b) => b - a));
  });

  test("the same seed gives the same batches, and a generator is drawn from anew each time", () => {
    const options = { batchSize: 32, seed: 3 };
    expect(bucketByLength(lengths, options)).toEqual(bucketByLength(lengths, options));
    const generator = new Generator(3);
    const first = bucketByLength(lengths, { batchSize: 32, generator });
    expect(first).toEqual(bucketByLength(lengths, options));
    expect(bucketByLength(lengths, { batchSize: 32, generator })).not.toEqual(first);
  });

  test("without shuffling batches are sorted by length, and nothing is drawn", () => {
    const generator = new Generator(3);
    const before = generator.getState();
    const batches = bucketByLength([3, 1, 3, 2, 1], { batchSize: 2, shuffle: false, generator });
    expect(batches.map((batch) => [...batch])).toEqual([[1, 4], [3, 0], [2]]);
    expect(generator.getState()).toEqual(before);
  });

  test("dropLast leaves out a batch that is not full", () => {
    expect(bucketByLength(lengths, { batchSize: 32, seed: 0, dropLast: true }).length).toBe(15);
    expect(bucketByLength([], { batchSize: 32 })).toEqual([]);
  });

  test("refuses sizes that are not whole numbers of at least 1", () => {
    expect(() => bucketByLength([1], { batchSize: 0 })).toThrow(
      new RangeError("bucketByLength: batchSize must be an integer >= 1, got 0"),
    );
    expect(() => bucketByLength([1], { batchSize: 1, poolSize: 1.5 })).toThrow(
      new RangeError("bucketByLength: poolSize must be an integer >= 1, got 1.5"),
    );
  });
});

describe("sequenceBatches", () => {
  const sequences = [[4, 7, 2], [5], Int32Array.of(3, 6), []];
  const targets = tensor([
    [1, 0],
    [0, 1],
    [1, 1],
    [0, 0],
  ]);

  test("blocks are padded to their longest sequence, targets go with their rows", () => {
    const batches = [...sequenceBatches(sequences, targets, { batchSize: 2, padIndex: 9, shuffle: false })];
    expect(batches.map(({ ids }) => ids.toArray())).toEqual([
      [[9], [5]],
      [
        [3, 6, 9],
        [4, 7, 2],
      ],
    ]);
    expect(batches.map((batch) => [...batch.lengths])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(batches.map((batch) => batch.targets.toArray())).toEqual([
      [
        [0, 0],
        [0, 1],
      ],
      [
        [1, 1],
        [1, 0],
      ],
    ]);
    expect(batches.map((batch) => [...batch.indices])).toEqual([
      [3, 1],
      [2, 0],
    ]);
    expect(batches[0]?.ids.dtype).toBe("int32");
  });

  test("every pass has a new order, and the same seed the same orders", () => {
    const make = () => {
      const many = lengths.map((length) => new Int32Array(length));
      return sequenceBatches(many, tensor(lengths), { batchSize: 32, seed: 5 });
    };
    const pass = (batches: Iterable<{ indices: Int32Array }>) =>
      Array.from(batches, ({ indices }) => [...indices]);
    const [a, b] = [make(), make()];
    const [first, second] = [pass(a), pass(a)];
    expect(second).not.toEqual(first);
    expect([pass(b), pass(b)]).toEqual([first, second]);
    expect(a.length).toBe(16);
  });

  test("a block is never without columns", () => {
    const [batch] = [...sequenceBatches([[], []], tensor([0, 1]), { batchSize: 2 })];
    expect(batch?.ids.shape).toEqual([2, 1]);
  });

  test("refuses targets that do not fit and ids that are not int32", () => {
    expect(() => sequenceBatches(sequences, tensor([1, 2]), { batchSize: 2 })).toThrow(
      new ShapeError("sequenceBatches: got 4 sequences, but targets of shape [2]"),
    );
    expect(() => sequenceBatches([[1], [2, 0.5]], tensor([1, 2]), { batchSize: 2 })).toThrow(
      new RangeError("sequenceBatches: sequence 1 has 0.5 at step 1; ids are int32"),
    );
    expect(() => sequenceBatches([["a"] as unknown as number[]], tensor([1]), { batchSize: 2 })).toThrow(
      new RangeError('sequenceBatches: sequence 0 has "a" at step 0; ids are int32'),
    );
    expect(() => sequenceBatches([], tensor([]), { batchSize: 0 })).toThrow(
      new RangeError("sequenceBatches: batchSize must be an integer >= 1, got 0"),
    );
  });
});

describe("tensorBatches", () => {
  const inputs = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);

  test("cuts samples and targets alike, and the last batch may be smaller", () => {
    const batches = [...tensorBatches(inputs, tensor([7, 8, 9]), { batchSize: 2, shuffle: false })];
    expect(batches.map((batch) => batch.inputs.toArray())).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [[5, 6]],
    ]);
    expect(batches.map((batch) => batch.targets.toArray())).toEqual([[7, 8], [9]]);
    expect(batches.map(({ size }) => size)).toEqual([2, 1]);
  });

  test("shuffles by the seed, in a new order every pass", () => {
    const many = tensor([...Array(100).keys()]);
    const batches = tensorBatches(many, many, { batchSize: 100, seed: 1 });
    const pass = () => Array.from(batches, (batch) => batch.inputs.toArray())[0] as number[];
    const [first, second] = [pass(), pass()];
    expect(second).not.toEqual(first);
    expect([...first].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect(Array.from(tensorBatches(many, many, { batchSize: 100, seed: 1 }))[0]?.targets.toArray()).toEqual(
      first,
    );
  });

  test("dropLast leaves out a batch that is not full", () => {
    const batches = tensorBatches(inputs, tensor([7, 8, 9]), { batchSize: 2, dropLast: true });
    expect(batches.length).toBe(1);
    expect([...batches].length).toBe(1);
  });

  test("refuses targets that do not fit", () => {
    expect(() => tensorBatches(inputs, tensor([1]), { batchSize: 2 })).toThrow(
      new ShapeError("tensorBatches: got 3 inputs, but targets of shape [1]"),
    );
  });
});

describe("lanes", () => {
  test("each lane is one stretch of the stream, time first", () => {
    expect(lanes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3).toArray()).toEqual([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5, 8],
    ]);
  });

  test("refuses more lanes than ids", () => {
    expect(() => lanes([1, 2], 3)).toThrow(
      new RangeError("lanes: a stream of 2 ids cannot be cut into 3 lanes"),
    );
    expect(() => lanes([1, 2], 0)).toThrow(new RangeError("lanes: count must be an integer >= 1, got 0"));
  });
});

describe("what batches cannot be made from", () => {
  const any = (value: unknown) => value as never;
  const size = { batchSize: 2 };
  const bucketing = "batchSize, shuffle, dropLast, seed, generator";

  test.each<[() => unknown, Error]>([
    [
      () => tensorBatches(any([1, 2]), any([1, 2]), size),
      new TypeError("tensorBatches: inputs must be a Tensor, got [1, 2]; make it with tensor(...)"),
    ],
    [
      () => tensorBatches(tensor([1, 2]), any(null), size),
      new TypeError("tensorBatches: targets must be a Tensor, got null"),
    ],
    [
      () => tensorBatches(tensor([1, 2]), tensor([1, 2]), any(undefined)),
      new TypeError(`tensorBatches: options must be an object, got undefined; options are ${bucketing}`),
    ],
    [
      () => tensorBatches(tensor([1, 2]), tensor([1, 2]), any({ batch_size: 2 })),
      new TypeError(
        `tensorBatches: unknown option "batch_size" (did you mean "batchSize"?); options are ${bucketing}`,
      ),
    ],
    [
      () => tensorBatches(tensor([1, 2]), tensor([1, 2]), { ...size, shuffle: any("no") }),
      new TypeError('tensorBatches: shuffle must be true or false, got "no"'),
    ],
    [
      () => tensorBatches(tensor([1, 2]), tensor([1, 2]), { ...size, generator: any(42) }),
      new TypeError("tensorBatches: generator must be a Generator, got 42; a number is passed as seed"),
    ],
    [
      () => sequenceBatches([[1]], any([1]), size),
      new TypeError("sequenceBatches: targets must be a Tensor, got [1]; make it with tensor(...)"),
    ],
    [
      () => sequenceBatches(any(tensor([[1]])), tensor([1]), size),
      new TypeError("sequenceBatches: sequences must be a list of sequences, got an object of Tensor"),
    ],
    [
      () => sequenceBatches([any("ab")], tensor([1]), size),
      new TypeError('sequenceBatches: sequence 0 must be a list of token ids, got "ab"'),
    ],
    [
      () => sequenceBatches([[1]], tensor([1]), { ...size, padIndex: 0.5 }),
      new RangeError("sequenceBatches: padIndex must be an int32, got 0.5"),
    ],
    [
      () => sequenceBatches([[1]], tensor([1]), any({ ...size, padindex: 1 })),
      new TypeError(
        `sequenceBatches: unknown option "padindex" (did you mean "padIndex"?); options are ${bucketing}, poolSize, padIndex`,
      ),
    ],
    [
      () => bucketByLength([1, Number.NaN, 3], size),
      new RangeError("bucketByLength: lengths[1] must be an integer >= 0, got NaN"),
    ],
    [
      () => bucketByLength([1, -2, 3], size),
      new RangeError("bucketByLength: lengths[1] must be an integer >= 0, got -2"),
    ],
    [
      () => bucketByLength(any(5), size),
      new TypeError("bucketByLength: lengths must be a list of numbers, got 5"),
    ],
    [() => lanes([1.5, 2], 1), new RangeError("lanes: stream has 1.5 at step 0; ids are int32")],
    [() => lanes(any("abc"), 1), new TypeError('lanes: stream must be a list of token ids, got "abc"')],
  ])("%s", (make, error) => {
    expect(make).toThrow(error);
  });
});
