import { argmax, argsort, max, norm, ones, sort, sum, topk, variance } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { expectMessages, wrong } from "./expect-messages.ts";

const x = ones([2, 3]);

describe("options that are none", () => {
  expectMessages([
    ["sum: options must be an object, got 1; write sum(x, { dim: 1 })", TypeError, () => x.sum(wrong(1))],
    [
      "mean: options must be an object, got Array; write mean(x, { dim: [0,1] })",
      TypeError,
      () => x.mean(wrong([0, 1])),
    ],
    [
      "prod: options must be an object, got boolean; write prod(x, { keepdim: true })",
      TypeError,
      () => x.prod(wrong(true)),
    ],
    ["sum: options must be an object, got null; pass { dim, keepdim }", TypeError, () => sum(x, wrong(null))],
    ["any: options must be an object, got Tensor; pass { dim, keepdim }", TypeError, () => x.any(wrong(x))],
    [
      "all: options must be an object, got Map; pass { dim, keepdim }",
      TypeError,
      () => x.all(wrong(new Map())),
    ],
    ["max: options must be an object, got 1; write max(x, { dim: 1 })", TypeError, () => max(x, wrong(1))],
    ["min: options must be an object, got null; pass { dim, keepdim }", TypeError, () => x.min(wrong(null))],
    [
      "argmax: options must be an object, got -1; write argmax(x, { dim: -1 })",
      TypeError,
      () => argmax(x, wrong(-1)),
    ],
    ["norm: options must be an object, got 1; write norm(x, { p: 1 })", TypeError, () => norm(x, wrong(1))],
    [
      "variance: options must be an object, got 0; write variance(x, { dim: 0 })",
      TypeError,
      () => x.var(wrong(0)),
    ],
    [
      "sort: options must be an object, got boolean; write sort(x, { descending: true })",
      TypeError,
      () => sort(x, wrong(true)),
    ],
    [
      "topk: options must be an object, got 0; write topk(x, k, { dim: 0 })",
      TypeError,
      () => topk(x, 1, wrong(0)),
    ],
  ]);
});

describe("options that nobody knows", () => {
  expectMessages([
    [
      'sum: unknown option "keepDim" (did you mean "keepdim"?); options are dim, keepdim',
      TypeError,
      () => x.sum(wrong({ dim: 1, keepDim: true })),
    ],
    [
      'sum: unknown option "dims" (did you mean "dim"?); options are dim, keepdim',
      TypeError,
      () => x.sum(wrong({ dims: 1 })),
    ],
    [
      'logsumexp: unknown option "axis" (did you mean "dim"?); options are dim, keepdim',
      TypeError,
      () => x.logsumexp(wrong({ axis: 1 })),
    ],
    [
      'std: unknown option "unbiased"; options are dim, keepdim, correction',
      TypeError,
      () => x.std(wrong({ unbiased: false })),
    ],
    ['norm: unknown option "q"; options are p, dim, keepdim', TypeError, () => x.norm(wrong({ q: 1 }))],
    [
      'argsort: unknown option "largest"; options are dim, descending',
      TypeError,
      () => argsort(x, wrong({ largest: true })),
    ],
    [
      'sum: unknown option "toString"; options are dim, keepdim',
      TypeError,
      () => x.sum(wrong({ toString: 1 })),
    ],
  ]);
});

describe("options of another kind", () => {
  expectMessages([
    ['sum: keepdim must be true or false, got "no"', TypeError, () => x.sum({ keepdim: wrong("no") })],
    [
      'sum: dim must be a number or an array of numbers, got "1"',
      TypeError,
      () => x.sum({ dim: wrong("1") }),
    ],
    [
      "sum: dim must be a number or an array of numbers, got null",
      TypeError,
      () => x.sum({ dim: wrong(null) }),
    ],
    ["argmin: dim must be a number, got Array", TypeError, () => x.argmin({ dim: wrong([0]) })],
    [
      'variance: correction must be a number, got "a"',
      TypeError,
      () => variance(x, { correction: wrong("a") }),
    ],
    ['norm: p must be a number, got "fro"', TypeError, () => x.norm({ p: wrong("fro") })],
    ["topk: largest must be true or false, got 0", TypeError, () => topk(x, 1, { largest: wrong(0) })],
  ]);
});

test("options may be of no prototype, and absent ones undefined", () => {
  const options = Object.assign(Object.create(null) as object, { dim: 1 });
  expect(x.sum(options).toArray()).toEqual([3, 3]);
  expect(x.sum({ dim: undefined, keepdim: undefined }).item()).toBe(6);
});
