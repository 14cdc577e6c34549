import {
  broadcastShapes,
  cat,
  cumprod,
  diagonal,
  flip,
  meshgrid,
  ones,
  permute,
  roll,
  slice,
  split,
  stack,
  topk,
  triu,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);

describe("dimensions that are no numbers", () => {
  expectMessages([
    [
      "softmax: dim must be a number, got Object; pass -1 itself, not as an option",
      TypeError,
      () => x.softmax(wrong({ dim: -1 })),
    ],
    ["logSoftmax: dim must be a number, got undefined", TypeError, () => x.logSoftmax(wrong(undefined))],
    [
      "cumprod: dim must be a number, got Object; pass 0 itself, not as an option",
      TypeError,
      () => cumprod(x, wrong({ dim: 0 })),
    ],
    ["cumsum: dim must be a number, got undefined", TypeError, () => x.cumsum(wrong(undefined))],
    [
      "cat: dim must be a number, got Object; pass 2 itself, not as an option",
      TypeError,
      () => cat([x, x], wrong({ dim: 2 })),
    ],
    ['stack: dim must be a number, got "0"', TypeError, () => stack([x, x], wrong("0"))],
    [
      "split: dim must be a number, got Object; pass 1 itself, not as an option",
      TypeError,
      () => split(x, 2, wrong({ dim: 1 })),
    ],
    [
      "roll: dim must be a number or an array of numbers, got Object",
      TypeError,
      () => roll(x, 1, wrong({ dims: 5 })),
    ],
    ["squeeze: dim must be a number, got null", TypeError, () => x.squeeze(wrong([null]))],
    [
      "flip: dim must be a number or an array of numbers, got undefined",
      TypeError,
      () => flip(x, wrong(undefined)),
    ],
    ["transpose: dim must be a number, got undefined", TypeError, () => x.transpose(0, wrong(undefined))],
    [
      "permute: dims must be an array, got 1; name each of the 2 dimensions once, as in permute(x, [1, 0])",
      TypeError,
      () => permute(x, wrong(1)),
    ],
  ]);
});

describe("lists that are none", () => {
  expectMessages([
    ['roll: shifts must be a number or an array of numbers, got "1"', TypeError, () => roll(x, wrong("1"))],
    ['roll: shift is "1", expected an integer', RangeError, () => roll(x, wrong(["1"]), 0)],
    [
      "split: size must be a number or an array of sizes, got undefined",
      TypeError,
      () => split(x, wrong(undefined)),
    ],
    ["slice: specs must be an array with one per dimension, got 5", TypeError, () => slice(x, wrong(5))],
    [
      "broadcastShapes: shape must be an array of dimensions, got 2",
      TypeError,
      () => broadcastShapes([1], wrong(2)),
    ],
    ["triu: diagonal is Object, expected an integer", RangeError, () => triu(x, wrong({}))],
    ["diagonal: offset is Object, expected an integer", RangeError, () => diagonal(x, wrong({}))],
    [
      "topk: k is Object, expected an integer in 0..3 (the size of dim -1)",
      RangeError,
      () => topk(x, wrong({ k: 2 })),
    ],
    ["meshgrid: expected an array of vectors, got Tensor", TypeError, () => meshgrid(wrong(x))],
  ]);
});
