import { tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { shardOf } from "./shard.ts";

const shards = (batch: unknown, count: number) =>
  Array.from({ length: count }, (_, index) => shardOf(batch, index, count, undefined));

describe("a batch is divided along its first dimension", () => {
  test("rows of a tensor, in order and as equally as can be", () => {
    const parts = shards(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      2,
    );
    expect(parts.map((part) => (part!.content as ReturnType<typeof tensor>).toArray())).toEqual([
      [[1, 2]],
      [
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(parts.map((part) => part?.weight)).toEqual([1, 2]);
  });

  test("members of a list", () => {
    expect(shards(["a", "b", "c"], 2)).toEqual([
      { content: ["a"], weight: 1 },
      { content: ["b", "c"], weight: 2 },
    ]);
    expect(shards(Int32Array.of(1, 2), 2)[1]).toEqual({ content: Int32Array.of(2), weight: 1 });
  });

  test("everything in an object, which says its size; what has no rows goes to all", () => {
    const batch = {
      ids: [[1], [2]],
      more: { lengths: Int32Array.of(1, 1) },
      name: "x",
      scale: tensor(2),
      size: 2,
    };
    expect(shards(batch, 2)).toEqual([
      { content: { ...batch, ids: [[1]], more: { lengths: Int32Array.of(1) }, size: 1 }, weight: 1 },
      { content: { ...batch, ids: [[2]], more: { lengths: Int32Array.of(1) }, size: 1 }, weight: 1 },
    ]);
  });

  test("with fewer samples than shards some get none", () => {
    expect(shards([7], 3)).toEqual([null, null, { content: [7], weight: 1 }]);
  });

  test.each([
    [
      { ids: tensor([[1], [2]]), size: 3 },
      new RangeError(
        "fit: batch.ids has 2 rows, but batch.size is 3; pass shard: (batch, index, count) => part to divide it yourself",
      ),
    ],
    [
      { ids: tensor([[1], [2]]) },
      new TypeError(
        "fit: to be divided, a batch must be a tensor, a list or an object with its size, got an object; " +
          "pass shard: (batch, index, count) => part to divide it yourself",
      ),
    ],
    [
      5,
      new TypeError(
        "fit: to be divided, a batch must be a tensor, a list or an object with its size, got 5; " +
          "pass shard: (batch, index, count) => part to divide it yourself",
      ),
    ],
  ])("%o is refused", (batch, error) => {
    expect(() => shards(batch, 2)).toThrow(error);
  });
});

describe("a function of the caller's divides", () => {
  test("its shards count what their size says, or 1 each", () => {
    expect(shardOf("ab", 1, 2, (batch, index) => ({ letter: batch[index], size: 5 }))).toEqual({
      content: { letter: "b", size: 5 },
      weight: 5,
    });
    expect(shardOf("ab", 1, 2, (batch, index) => batch[index])).toEqual({ content: "b", weight: 1 });
  });

  test("undefined and null are no shard", () => {
    expect(shardOf([1], 0, 2, () => undefined)).toBe(null);
    expect(shardOf([1], 0, 2, () => null)).toBe(null);
  });
});
