import {
  add,
  broadcastShapes,
  clamp,
  logicalNot,
  mul,
  neg,
  ones,
  pow,
  relu,
  ShapeError,
  square,
  sub,
  tensor,
  where,
} from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const ints = tensor([1, 2], { dtype: "int32" });
const truths = tensor([true, false]);

describe("elementwise", () => {
  expectMessages([
    [
      "add: shapes [8,1,6] and [7,5] do not broadcast: 6 (dim 2) != 5 (dim 1)",
      ShapeError,
      () => add(ones([8, 1, 6]), ones([7, 5])),
    ],
    [
      "mul: shapes [3] and [0] do not broadcast: 3 (dim 0) != 0 (dim 0)",
      ShapeError,
      () => mul(ones([3]), ones([0])),
    ],
    [
      "add: shape [65536,65536] has 4294967296 elements, more than the limit of 2147483647",
      ShapeError,
      () => add(ones([65536, 1]), ones([65536])),
    ],
    [
      "where: shape [65536,65536] has 4294967296 elements, more than the limit of 2147483647",
      ShapeError,
      () => where(truths.slice([0, 1]), ones([65536, 1]), ones([65536])),
    ],
    [
      "add: operands must be tensors or numbers, got undefined",
      TypeError,
      () => add(ones([1]), wrong(undefined)),
    ],
    ['add: operands must be tensors or numbers, got "2"', TypeError, () => add(wrong("2"), ones([1]))],
    [
      'sub: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => sub(truths, truths),
    ],
    [
      'pow: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => pow(truths, truths),
    ],
    ['neg: bool tensors are not numbers; convert with .to("int32") first', TypeError, () => neg(truths)],
    ['relu: bool tensors are not numbers; convert with .to("int32") first', TypeError, () => relu(truths)],
    [
      'square: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => square(truths),
    ],
    [
      'pow: int32 to the power -1 is not a whole number; convert with .to("float32") first',
      RangeError,
      () => pow(ints, -1),
    ],
    ["logicalNot: expected a tensor, got 1", TypeError, () => logicalNot(wrong(1))],
    ["clamp: give min, max or both", TypeError, () => clamp(ints, {})],
    [
      'clamp: bool tensors are not numbers; convert with .to("int32") first',
      TypeError,
      () => clamp(truths, { min: 0 }),
    ],
    [
      "where: condition has dtype float32, expected bool; compare it first, as in ne(x, 0)",
      TypeError,
      () => where(ones([2]), 1, 0),
    ],
    [
      "where: shapes [2] and [3] do not broadcast: 2 (dim 0) != 3 (dim 0)",
      ShapeError,
      () => where(truths, ones([3]), 0),
    ],
    [
      "broadcastShapes: shapes [2,3] and [2] do not broadcast: 3 (dim 1) != 2 (dim 0)",
      ShapeError,
      () => broadcastShapes([2, 3], [2]),
    ],
  ]);
});
