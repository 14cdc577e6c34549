import {
  cat,
  chunk,
  gather,
  indexSelect,
  ones,
  ShapeError,
  select,
  slice,
  split,
  stack,
  type Tensor,
  tensor,
  unbind,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const index = (values: number[] | number[][]): Tensor => tensor(values, { dtype: "int32" });

describe("parts", () => {
  const x = ones([2, 3]);
  expectMessages([
    [
      "slice: 3 specs for shape [2,3], which has 2 dimensions",
      ShapeError,
      () => slice(x, [null, null, null]),
    ],
    [
      "slice: step of dim 0 is 0, expected a positive integer; x.slice(...) takes negative steps, and flip reverses",
      RangeError,
      () => slice(x, [[null, null, 0]]),
    ],
    [
      "slice: step of dim 1 is -1, expected a positive integer; x.slice(...) takes negative steps, and flip reverses",
      RangeError,
      () => slice(x, [null, [null, null, -1]]),
    ],
    [
      "slice: step of dim 0 is 0, expected an integer other than 0",
      RangeError,
      () => x.slice([null, null, 0]),
    ],
    [
      "slice: step of dim 1 is -1.5, expected an integer other than 0",
      RangeError,
      () => x.slice(null, [null, null, -1.5]),
    ],
    ["slice: an end of dim 0 is 0.5, expected an integer or null", RangeError, () => slice(x, [[0.5]])],
    ["slice: index 2 for dim 0 of size 2; expected an integer in -2..1", RangeError, () => slice(x, [2])],
    ["slice: index 0 for dim 0 of size 0; the dimension is empty", RangeError, () => slice(ones([0]), [0])],
    [
      'slice: the spec of dim 0 is "1:2", expected null, an index or [start, stop, step]',
      TypeError,
      () => slice(x, [wrong("1:2")]),
    ],
    [
      "select: index -4 for dim 1 of size 3; expected an integer in -3..2",
      RangeError,
      () => select(x, 1, -4),
    ],
    [
      "indexSelect: a 0-d tensor has no dimension to select from",
      RangeError,
      () => indexSelect(tensor(1), 0, [0]),
    ],
    ["select: a 0-d tensor has no dimension to select from", RangeError, () => select(tensor(1), 0, 0)],
    ["indexSelect: index 2 at position [1] is outside 0..1", RangeError, () => indexSelect(x, 0, [0, 2])],
    [
      "indexSelect: index -1 at position [0] is outside 0..2",
      RangeError,
      () => indexSelect(x, 1, index([-1])),
    ],
    [
      'indexSelect: index has dtype float32, expected int32; convert with .to("int32") first',
      TypeError,
      () => indexSelect(x, 0, ones([1])),
    ],
    [
      "indexSelect: index has shape [1,1], expected a vector",
      ShapeError,
      () => indexSelect(x, 0, index([[0]])),
    ],
    [
      "indexSelect: index must be an int32 tensor or an array, got 0",
      TypeError,
      () => indexSelect(x, 0, wrong(0)),
    ],
    [
      "gather: index 3 is outside 0..2 (dim 1 of shape [2,3])",
      RangeError,
      () => gather(x, 1, index([[3], [0]])),
    ],
    [
      'gather: index has dtype float32, expected int32; convert with .to("int32") first',
      TypeError,
      () => gather(x, 1, ones([2, 1])),
    ],
    [
      "gather: index shape [3,1] does not fit shape [2,3]; it needs as many dimensions, none larger except dim 1",
      ShapeError,
      () => gather(x, 1, index([[0], [0], [0]])),
    ],
    ["split: sizes [1,1] do not add up to 3 (dim 1 of shape [2,3])", ShapeError, () => split(x, [1, 1], 1)],
    ["split: sizes [4,-1] do not add up to 3 (dim 1 of shape [2,3])", ShapeError, () => split(x, [4, -1], 1)],
    ["split: size is 0, expected a positive integer or a list of sizes", RangeError, () => split(x, 0)],
    ["split: a 0-d tensor has no dimension to split", RangeError, () => split(tensor(1), 1)],
    ["unbind: a 0-d tensor has no dimension to split", RangeError, () => unbind(tensor(1))],
    ["unbind: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => unbind(x, 2)],
    ["chunk: chunks is 1.5, expected a positive integer", RangeError, () => chunk(x, 1.5)],
    [
      "cat: shape [3221225469] has 3221225469 elements, more than the limit of 2147483647",
      ShapeError,
      () => cat(Array<Tensor>(3).fill(ones([1]).expand([2 ** 30 - 1]))),
    ],
    [
      "indexSelect: shape [1073741823,4] has 4294967292 elements, more than the limit of 2147483647",
      ShapeError,
      () => indexSelect(ones([1, 1]).expand([2 ** 30 - 1, 1]), 1, [0, 0, 0, 0]),
    ],
    ["cat: the list of tensors is empty", ShapeError, () => cat([])],
    ["cat: expected an array of tensors", TypeError, () => cat(wrong(x))],
    [
      "cat: tensor 0 has shape [2,3], but tensor 1 has shape [2,4]: 3 != 4 (dim 1); all but dim 0 must agree",
      ShapeError,
      () => cat([x, ones([2, 4])]),
    ],
    [
      "cat: tensor 0 has shape [2,3], but tensor 1 has shape [3]: 2 dimensions != 1; all but dim 0 must agree",
      ShapeError,
      () => cat([x, ones([3])]),
    ],
    [
      "cat: 0-d tensors have no dimension to join along; use stack",
      ShapeError,
      () => cat([tensor(1), tensor(2)]),
    ],
    ["stack: tensor 0 has shape [2,3], but tensor 1 has shape [3]", ShapeError, () => stack([x, ones([3])])],
  ]);
});
