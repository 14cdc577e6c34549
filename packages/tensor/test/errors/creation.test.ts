import {
  arange,
  type DType,
  expand,
  eye,
  full,
  linspace,
  ones,
  ShapeError,
  tensor,
  zeros,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

describe("making a tensor", () => {
  expectMessages([
    [
      "zeros: shape [2,-1] has -1 in dim 1; dimensions must be non-negative integers",
      ShapeError,
      () => zeros([2, -1]),
    ],
    [
      "ones: shape [1.5] has 1.5 in dim 0; dimensions must be non-negative integers",
      ShapeError,
      () => ones([1.5]),
    ],
    [
      "full: shape [NaN] has NaN in dim 0; dimensions must be non-negative integers",
      ShapeError,
      () => full([NaN], 1),
    ],
    [
      "zeros: shape [1099511627776] has 1099511627776 elements, more than the limit of 2147483647",
      ShapeError,
      () => zeros([2 ** 40]),
    ],
    [
      "expand: shape [1099511627776,2] has 2199023255552 elements, more than the limit of 2147483647",
      ShapeError,
      () => expand(ones([2]), [2 ** 40, 2]),
    ],
    ["zeros: shape must be an array of dimensions, got 3", TypeError, () => zeros(wrong(3))],
    [
      'zeros: unknown dtype "float16"; use float32, float64, int32 or bool',
      TypeError,
      () => zeros([1], { dtype: wrong("float16") as DType }),
    ],
    [
      "eye: shape [-1,-1] has -1 in dim 0; dimensions must be non-negative integers",
      ShapeError,
      () => eye(-1),
    ],
    ["arange: an end is Infinity, expected a finite number", RangeError, () => arange(Infinity)],
    ["arange: step is 0; expected a finite number other than 0", RangeError, () => arange(0, 3, { step: 0 })],
    [
      "arange: dtype is bool, expected float32, float64 or int32",
      TypeError,
      () => arange(3, { dtype: "bool" }),
    ],
    ["tensor: 3000000000 does not fit int32", RangeError, () => tensor([1, 3e9], { dtype: "int32" })],
    ["tensor: NaN does not fit int32", RangeError, () => tensor([NaN], { dtype: "int32" })],
    ["arange: step 1 leads away from 0, starting at 3", RangeError, () => arange(3, 0)],
    [
      "arange: shape [10000000000] has 10000000000 elements, more than the limit of 2147483647",
      ShapeError,
      () => arange(1e10),
    ],
    ["linspace: an end is NaN, expected a finite number", RangeError, () => linspace(0, NaN, 3)],
    [
      "linspace: shape [-2] has -2 in dim 0; dimensions must be non-negative integers",
      ShapeError,
      () => linspace(0, 1, -2),
    ],
    ["tensor: shape [2,2] needs 4 elements, got 3", ShapeError, () => tensor([1, 2, 3], { shape: [2, 2] })],
    [
      "tensor: shape [2,2] needs 4 elements, got 3",
      ShapeError,
      () => tensor(new Float32Array(3), { shape: [2, 2] }),
    ],
    ["tensor: arrays are ragged: 1 items at [1], expected 2 items", ShapeError, () => tensor([[1, 2], [3]])],
    ["tensor: arrays are ragged: 3 at [1], expected 2 items", ShapeError, () => tensor([[1, 2], 3])],
    [
      "tensor: arrays are ragged: 2 items at [1], expected a number or boolean",
      ShapeError,
      () => tensor([1, [2, 3]]),
    ],
    ['tensor: expected a number or boolean at [1], got "2"', TypeError, () => tensor(wrong([1, "2"]))],
    ["tensor: expected a number or boolean, got undefined", TypeError, () => tensor(wrong(undefined))],
    [
      "tensor: arrays are nested more than 64 deep",
      ShapeError,
      () => {
        const loop: unknown[] = [];
        loop.push(loop);
        return tensor(wrong(loop));
      },
    ],
    [
      'tensor: a Uint8Array may hold bytes or truth values; pass { dtype: "int32" } or "bool"',
      TypeError,
      () => tensor(new Uint8Array(2)),
    ],
    [
      "tensor: a BigInt64Array cannot hold elements; copy it into a Float32Array, Float64Array or Int32Array",
      TypeError,
      () => tensor(wrong(new BigInt64Array(2))),
    ],
  ]);
});
