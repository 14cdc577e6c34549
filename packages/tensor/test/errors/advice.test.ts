import { add, cat, matmul, median, ones, std, sum, tensor, where } from "@rnn/tensor";
import { describe } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

/** What a variable of `@rnn/nn` looks like from here. */
class Variable {
  readonly value = ones([2]);
}
class Parameter extends Variable {}

const x = ones([2]);
const keeps = "pass its .value, or use the functions of @rnn/nn, which keep its gradient";

describe("a variable where a tensor is expected", () => {
  expectMessages([
    [
      `add: operands must be tensors or numbers, got Variable; ${keeps}`,
      TypeError,
      () => add(x, wrong(new Variable())),
    ],
    [
      `mul: operands must be tensors or numbers, got Parameter; ${keeps}`,
      TypeError,
      () => x.mul(wrong(new Parameter())),
    ],
    [`sum: expected a tensor, got Variable; ${keeps}`, TypeError, () => sum(wrong(new Variable()))],
    [
      `matmul: expected a tensor, got Parameter; ${keeps}`,
      TypeError,
      () => matmul(x, wrong(new Parameter())),
    ],
    [`cat: expected a tensor, got Variable; ${keeps}`, TypeError, () => cat([x, wrong(new Variable())], 0)],
    [
      `where: operands must be tensors or numbers, got Variable; ${keeps}`,
      TypeError,
      () => where(x.gt(0), x, wrong(new Variable())),
    ],
    ["sum: expected a tensor, got Object", TypeError, () => sum(wrong({ value: 1 }))],
  ]);
});

describe("a tensor, variable or typed array among the values of a tensor", () => {
  expectMessages([
    [
      "tensor: expected a number or boolean, got Tensor; copy a tensor with clone()",
      TypeError,
      () => tensor(wrong(x)),
    ],
    [
      "tensor: expected a number or boolean at [0], got Tensor; join tensors with stack",
      TypeError,
      () => tensor(wrong([x, x])),
    ],
    [
      "tensor: expected a number or boolean at [1,0], got Tensor; join tensors with stack",
      TypeError,
      () => tensor(wrong([[1], [x]])),
    ],
    [
      "tensor: expected a number or boolean at [0], got Float32Array; use stack(rows.map((row) => tensor(row)))",
      TypeError,
      () => tensor(wrong([new Float32Array(2), new Float32Array(2)])),
    ],
    [
      "tensor: expected a number or boolean, got Variable; its .value is a tensor already",
      TypeError,
      () => tensor(wrong(new Variable())),
    ],
    [
      "tensor: expected a number or boolean at [0], got Parameter; join variables with stack of @rnn/nn",
      TypeError,
      () => tensor(wrong([new Parameter()])),
    ],
  ]);
});

describe("NumPy's names of options", () => {
  expectMessages([
    [
      'sum: unknown option "axis" (did you mean "dim"?); options are dim, keepdim',
      TypeError,
      () => sum(x, wrong({ axis: 0 })),
    ],
    [
      'sum: unknown option "keepdims" (did you mean "keepdim"?); options are dim, keepdim',
      TypeError,
      () => sum(x, wrong({ keepdims: true })),
    ],
    [
      'median: unknown option "axes" (did you mean "dim"?); options are dim, keepdim',
      TypeError,
      () => median(x, wrong({ axes: 0 })),
    ],
    [
      'std: unknown option "ddof" (did you mean "correction"?); options are dim, keepdim, correction',
      TypeError,
      () => std(x, wrong({ ddof: 0 })),
    ],
    [
      'tensor: unknown option "axis"; options are shape, dtype',
      TypeError,
      () => tensor([1], wrong({ axis: 0 })),
    ],
    [
      'sum: unknown option "constructor"; options are dim, keepdim',
      TypeError,
      () => sum(x, wrong({ constructor: 0 })),
    ],
  ]);
});
