import { describe, expect, test } from "vitest";
import { zeros } from "../create.ts";
import { tensor } from "../from.ts";
import { arange } from "../ranges.ts";
import { gather } from "./gather.ts";
import { indexSelect } from "./index-select.ts";
import { cat, stack } from "./join.ts";

const ints = (values: number[] | number[][]) => tensor(values, { dtype: "int32" });
const x = arange(6).reshape([2, 3]);

describe("indexSelect", () => {
  test("takes rows or columns in the order given, from tensors, arrays and typed arrays", () => {
    expect(indexSelect(x, 0, [1, 1, 0]).toArray()).toEqual([
      [3, 4, 5],
      [3, 4, 5],
      [0, 1, 2],
    ]);
    expect(indexSelect(x, -1, ints([2, 0])).toArray()).toEqual([
      [2, 0],
      [5, 3],
    ]);
    expect(indexSelect(x, 1, new Int32Array([1])).toArray()).toEqual([[1], [4]]);
    expect(indexSelect(x, 0, []).shape).toEqual([0, 3]);
  });

  test("reads views of the source and of the index", () => {
    expect(indexSelect(x.transpose(0, 1), 0, [2]).toArray()).toEqual([[2, 5]]);
    expect(indexSelect(x, 1, ints([0, 9, 2, 9]).slice([null, null, 2])).toArray()).toEqual([
      [0, 2],
      [3, 5],
    ]);
  });

  test("copies", () => {
    expect(indexSelect(x, 0, [0, 1]).data).not.toBe(x.data);
  });
});

describe("gather", () => {
  test("picks along the dimension", () => {
    expect(
      gather(
        x,
        1,
        ints([
          [2, 0],
          [1, 1],
        ]),
      ).toArray(),
    ).toEqual([
      [2, 0],
      [4, 4],
    ]);
    expect(gather(x, 0, ints([[1, 0, 1]])).toArray()).toEqual([[3, 1, 5]]);
    expect(gather(x, -1, ints([[0], [2]])).shape).toEqual([2, 1]);
  });

  test("reads views of both", () => {
    const index = ints([
      [1, 0],
      [0, 1],
      [1, 1],
    ]).transpose(0, 1);
    expect(gather(x, 0, index).toArray()).toEqual([
      [3, 1, 5],
      [0, 4, 5],
    ]);
    expect(gather(x.transpose(0, 1), 1, ints([[1], [0], [1]])).toArray()).toEqual([[3], [1], [5]]);
    expect(gather(x.flip([0, 1]), 1, ints([[0], [0]])).toArray()).toEqual([[5], [2]]);
  });

  test("may be longer than the source along the dimension, and empty", () => {
    expect(gather(ints([7, 8]), 0, ints([1, 0, 1, 1])).toArray()).toEqual([8, 7, 8, 8]);
    expect(gather(x, 1, zeros([0, 3], { dtype: "int32" })).shape).toEqual([0, 3]);
    expect(gather(tensor(5), 0, tensor(0, { dtype: "int32" })).item()).toBe(5);
  });
});

describe("cat", () => {
  test("joins along any dimension, views included", () => {
    const y = arange(4).reshape([2, 2]).transpose(0, 1);
    expect(cat([x, y], 1).toArray()).toEqual([
      [0, 1, 2, 0, 2],
      [3, 4, 5, 1, 3],
    ]);
    expect(cat([x, x], -2).shape).toEqual([4, 3]);
    expect(cat([x.unsqueeze(2), x.unsqueeze(2)], 2).toArray()).toEqual([
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      [
        [3, 3],
        [4, 4],
        [5, 5],
      ],
    ]);
  });

  test("gives the widest dtype of all", () => {
    expect(cat([x, tensor([[0.5, 0.5, 0.5]])]).dtype).toBe("float32");
    expect(cat([tensor([true]), ints([2])]).toArray()).toEqual([1, 2]);
  });

  test("ignores empty vectors, and joins parts without elements", () => {
    expect(cat([zeros([0]), x, zeros([0])]).toArray()).toEqual(x.to("float32").toArray());
    expect(cat([zeros([0]), zeros([0])]).shape).toEqual([0]);
    expect(cat([zeros([2, 0]), zeros([2, 0])], 0).shape).toEqual([4, 0]);
    expect(cat([zeros([0, 3]), x], 0).shape).toEqual([2, 3]);
    expect(cat([zeros([0, 2]), zeros([0, 1])], 1).shape).toEqual([0, 3]);
  });

  test("copies even a single tensor", () => {
    const y = tensor([1, 2]);
    expect(cat([y]).data).not.toBe(y.data);
  });
});

describe("stack", () => {
  test("adds a dimension anywhere", () => {
    const [a, b] = [ints([1, 2]), ints([3, 4])];
    expect(stack([a, b]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(stack([a, b], -1).toArray()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
    expect(stack([zeros([0]), zeros([0])]).shape).toEqual([2, 0]);
  });
});
