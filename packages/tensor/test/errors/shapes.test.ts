import {
  broadcastTo,
  expand,
  flatten,
  flip,
  ones,
  permute,
  reshape,
  ShapeError,
  squeeze,
  transpose,
  unsqueeze,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages } from "./expect-messages.ts";

describe("shapes", () => {
  const x = ones([2, 3]);
  expectMessages([
    [
      "reshape: shape [2,3] has 6 elements, which do not fit shape [4,2]",
      ShapeError,
      () => reshape(x, [4, 2]),
    ],
    [
      "reshape: shape [2,3] has 6 elements, which do not fit shape [4,-1]",
      ShapeError,
      () => reshape(x, [4, -1]),
    ],
    [
      "reshape: shape [-1,-1] has more than one -1; only one can be inferred",
      ShapeError,
      () => reshape(x, [-1, -1]),
    ],
    [
      "reshape: -1 in shape [-1,0] could be any size, since it has no elements",
      ShapeError,
      () => reshape(ones([0]), [-1, 0]),
    ],
    [
      "reshape: shape [-2,3] has -2 in dim 0; dimensions must be non-negative integers",
      ShapeError,
      () => reshape(x, [-2, 3]),
    ],
    ["flatten: startDim 1 comes after endDim 0", RangeError, () => flatten(x, 1, 0)],
    [
      "permute: 1 dims [0] for shape [2,3]; name each of its 2 dimensions once",
      ShapeError,
      () => permute(x, [0]),
    ],
    ["permute: dim 0 appears twice in [0,0]", RangeError, () => permute(x, [0, 0])],
    ["transpose: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => transpose(x, 0, 2)],
    ["unsqueeze: dim 3 is outside -3..2 (the result has 3 dimensions)", RangeError, () => unsqueeze(x, 3)],
    ["squeeze: dim 2 is outside -2..1 (the tensor has 2 dimensions)", RangeError, () => squeeze(x, 2)],
    ["flip: dim 0 appears twice in [0,-2]", RangeError, () => flip(x, [0, -2])],
    [
      "expand: shape [2,3] does not stretch to [4,3]: 2 (dim 0) != 4 (dim 0)",
      ShapeError,
      () => expand(x, [4, 3]),
    ],
    [
      "expand: shape [-1,2,3] has -1 in dim 0; dimensions must be non-negative integers",
      ShapeError,
      () => expand(x, [-1, 2, 3]),
    ],
    [
      "broadcastTo: shape [2,3] has more dimensions than [3]; none can be dropped",
      ShapeError,
      () => broadcastTo(x, [3]),
    ],
    [
      "broadcastTo: shape [2,3] does not stretch to [5,2,4]: 3 (dim 1) != 4 (dim 2)",
      ShapeError,
      () => broadcastTo(x, [5, 2, 4]),
    ],
  ]);
});
