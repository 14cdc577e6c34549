import { describe, expect, test } from "vitest";
import { zeros } from "../create.ts";
import { tensor } from "../from.ts";
import { arange } from "../ranges.ts";
import { Tensor } from "../tensor.ts";
import { broadcastTo, expand } from "./expand.ts";
import { flip } from "./flip.ts";
import { permute, transpose } from "./permute.ts";
import { flatten, reshape } from "./reshape.ts";
import { select, slice } from "./slice.ts";
import { chunk, split, unbind } from "./split.ts";
import { squeeze, unsqueeze } from "./squeeze.ts";

const x = arange(24).reshape([2, 3, 4]);

describe("reshape", () => {
  test("of contiguous data is a view, from any offset", () => {
    const part = slice(x, [1]);
    const y = reshape(part, [2, -1]);
    expect([y.data === x.data, y.offset, y.shape]).toEqual([true, 12, [2, 6]]);
    expect(y.toArray()).toEqual([
      [12, 13, 14, 15, 16, 17],
      [18, 19, 20, 21, 22, 23],
    ]);
  });

  test("is a view wherever strides can express it", () => {
    // splitting and merging dimensions that step evenly
    expect(reshape(permute(x, [1, 0, 2]), [3, 2, 2, 2]).data).toBe(x.data);
    expect(reshape(permute(x, [2, 0, 1]), [4, 6]).data).toBe(x.data);
    expect(reshape(slice(x, [null, null, [0, 4, 2]]), [6, 2]).data).toBe(x.data);
    expect(reshape(slice(x, [null, null, [0, 4, 2]]), [12]).toArray()).toEqual([
      0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22,
    ]);
    expect(reshape(flip(x, [0, 1, 2]), [24]).data).toBe(x.data);
    expect(reshape(expand(tensor([1]), [4]), [2, 2]).strides).toEqual([0, 0]);
  });

  test("copies where they cannot", () => {
    const y = reshape(transpose(x, 0, 2), [12, 2]);
    expect(y.data).not.toBe(x.data);
    expect(y.slice(1).toArray()).toEqual([4, 16]);
    expect(
      reshape(transpose(x, 1, 2), [24])
        .slice([0, 4])
        .toArray(),
    ).toEqual([0, 4, 8, 1]);
  });

  test("goes to and from 0 dimensions and nothing", () => {
    expect(reshape(tensor([[3]]), []).item()).toBe(3);
    expect(reshape(tensor(3), [1, 1]).shape).toEqual([1, 1]);
    expect(reshape(zeros([0, 4]), [2, 0, 3]).shape).toEqual([2, 0, 3]);
    expect(reshape(zeros([0, 4]), [-1, 2]).shape).toEqual([0, 2]);
    expect(reshape(permute(zeros([0, 4, 2]), [2, 0, 1]), [0]).shape).toEqual([0]);
  });

  test("ignores dimensions of size 1 whatever their strides", () => {
    const column = slice(x, [null, [1, 2], null]);
    expect(reshape(column, [2, 4]).data).toBe(x.data);
    const every2nd = new Tensor(arange(12).data, [2, 1, 3], { strides: [6, 99, 2] });
    expect(reshape(every2nd, [6]).strides).toEqual([2]);
    expect(reshape(column, [1, 2, 1, 4, 1]).toArray()).toEqual(
      reshape(column.clone(), [1, 2, 1, 4, 1]).toArray(),
    );
  });

  test("keeps its own copy of the shape", () => {
    const shape = [24];
    const y = reshape(x, shape);
    shape[0] = 1;
    expect(y.shape).toEqual([24]);
  });
});

describe("flatten", () => {
  test("makes a range of dimensions one", () => {
    expect(flatten(x).shape).toEqual([24]);
    expect(flatten(x, 1).shape).toEqual([2, 12]);
    expect(flatten(x, 0, 1).shape).toEqual([6, 4]);
    expect(flatten(x, -2, -2).shape).toEqual([2, 3, 4]);
    expect(flatten(tensor(5)).shape).toEqual([1]);
    expect(flatten(zeros([0, 3]), 1).shape).toEqual([0, 3]);
  });
});

describe("permute and transpose", () => {
  test("move sizes and strides together", () => {
    const y = permute(x, [2, 0, -2]);
    expect([y.shape, y.strides, y.data === x.data]).toEqual([[4, 2, 3], [1, 12, 4], true]);
    expect(transpose(x, 0, -1).strides).toEqual([1, 4, 12]);
    expect(transpose(x, 1, 1).strides).toEqual(x.strides);
    expect(permute(tensor(1), []).shape).toEqual([]);
  });

  test("do not change the tensor they look at", () => {
    transpose(x, 0, 1);
    expect(x.shape).toEqual([2, 3, 4]);
  });
});

describe("squeeze and unsqueeze", () => {
  test("undo each other and keep row-major tensors row-major", () => {
    for (const dim of [0, 1, 2, 3, -1, -4]) {
      const y = unsqueeze(x, dim);
      expect([y.isContiguous, y.strides.length]).toEqual([true, 4]);
      expect(squeeze(y, dim).strides).toEqual(x.strides);
    }
  });

  test("the new dimension steps over all that follow it, as PyTorch's does", () => {
    expect(unsqueeze(x, 0).strides).toEqual([24, 12, 4, 1]);
    expect(unsqueeze(x, 2).strides).toEqual([12, 4, 4, 1]);
    expect(unsqueeze(x, 3).strides).toEqual([12, 4, 1, 1]);
  });

  test("only dimensions of size 1 go", () => {
    const y = zeros([1, 2, 1]);
    expect(squeeze(y).shape).toEqual([2]);
    expect(squeeze(y, [0, 1]).shape).toEqual([2, 1]);
    expect(squeeze(y, []).shape).toEqual([1, 2, 1]);
    expect(squeeze(tensor(1)).shape).toEqual([]);
  });
});

describe("expand and broadcastTo", () => {
  test("repeat without copying", () => {
    const y = expand(tensor([[1], [2]]), [3, -1, 2]);
    expect([y.shape, y.strides, y.data.length]).toEqual([[3, 2, 2], [0, 1, 0], 2]);
    expect(y.toArray()).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
      [
        [1, 1],
        [2, 2],
      ],
      [
        [1, 1],
        [2, 2],
      ],
    ]);
    expect(y.isContiguous).toBe(false);
  });

  test("can stretch to nothing, and to what it already is", () => {
    expect(expand(tensor([1]), [0]).toArray()).toEqual([]);
    expect(broadcastTo(tensor(2), [2, 2]).toArray()).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(expand(x, [2, 3, 4]).strides).toEqual(x.strides);
  });
});

describe("flip", () => {
  test("reverses along dimensions by negative strides", () => {
    const y = flip(x, [0, -1]);
    expect([y.strides, y.offset, y.data === x.data]).toEqual([[-12, 4, -1], 15, true]);
    expect(y.slice(0, 0).toArray()).toEqual([15, 14, 13, 12]);
  });

  test("leaves 0-d and empty tensors alone", () => {
    expect(flip(tensor(3), 0).item()).toBe(3);
    expect(transpose(tensor(3), 0, -1).item()).toBe(3);
    expect(flip(zeros([0, 2]), [0, 1]).shape).toEqual([0, 2]);
    expect(flip(x, []).toArray()).toEqual(x.toArray());
  });
});

describe("slice and select", () => {
  test("one index makes its dimension disappear", () => {
    expect(slice(x, [1, -1, 0]).item()).toBe(20);
    expect(slice(x, [null, 1]).shape).toEqual([2, 4]);
    expect(select(x, 1, -1).toArray()).toEqual([
      [8, 9, 10, 11],
      [20, 21, 22, 23],
    ]);
    expect(x.slice(-1, [0, 2], null).shape).toEqual([2, 4]);
  });

  test("ends may be open, negative and beyond the border", () => {
    const y = arange(5);
    expect(slice(y, [[1]]).toArray()).toEqual([1, 2, 3, 4]);
    expect(slice(y, [[null, -2]]).toArray()).toEqual([0, 1, 2]);
    expect(slice(y, [[-99, 99, 3]]).toArray()).toEqual([0, 3]);
    expect(slice(y, [[undefined, undefined, 2]]).toArray()).toEqual([0, 2, 4]);
    expect(slice(y, [[4, 1]]).shape).toEqual([0]);
    expect([slice(y, [[9]]).shape, slice(y, [[9]]).offset]).toEqual([[0], 0]);
    expect(slice(y, []).toArray()).toEqual([0, 1, 2, 3, 4]);
  });

  test("a slice of a slice adds its offset and multiplies its step", () => {
    const y = slice(slice(arange(20), [[2, null, 3]]), [[1, null, 2]]);
    expect([y.offset, y.strides, y.toArray()]).toEqual([5, [6], [5, 11, 17]]);
  });
});

describe("split, unbind and chunk", () => {
  test("give views one after another", () => {
    const parts = split(x, 3, 2);
    expect(parts.map((part) => [part.shape, part.offset])).toEqual([
      [[2, 3, 3], 0],
      [[2, 3, 1], 3],
    ]);
    expect(parts[1]!.data).toBe(x.data);
    expect(split(x, [0, 2, 1], 1).map((part) => part.shape[1])).toEqual([0, 2, 1]);
    expect(x.split(1).length).toBe(2);
  });

  test("unbind gives every step of a dimension as a view without it", () => {
    const steps = unbind(x, -2);
    expect(steps.map((step) => [step.shape, step.data === x.data])).toEqual(Array(3).fill([[2, 4], true]));
    expect(steps[1]!.toArray()).toEqual(x.select(1, 1).toArray());
    expect(unbind(zeros([0, 2]))).toEqual([]);
  });

  test("chunks are equal but for the last, and may be fewer", () => {
    const sizes = (n: number, chunks: number) => chunk(arange(n), chunks).map((part) => part.size);
    expect(sizes(7, 3)).toEqual([3, 3, 1]);
    expect(sizes(5, 4)).toEqual([2, 2, 1]);
    expect(sizes(2, 4)).toEqual([1, 1]);
    expect(sizes(0, 3)).toEqual([0]);
    expect(split(zeros([0, 2]), 4).map((part) => part.shape)).toEqual([[0, 2]]);
  });
});
