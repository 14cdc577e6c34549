import * as functions from "@rnn/tensor";
import { cat, flip, type Tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dimension, sizeOf } from "./shapes.ts";

describe("empty axes", () => {
  /** A shape with a dimension of no elements. */
  const emptied = fc
    .tuple(fc.array(dimension, { minLength: 1, maxLength: 3 }), fc.nat(2))
    .map(([dims, at]) => ({ dims: dims.with(at % dims.length, 0), dim: at % dims.length }));
  const neutral = [
    [functions.prod, 1],
    [functions.countNonzero, 0],
    [functions.any, 0],
    [functions.all, 1],
    [functions.mean, Number.NaN],
    [functions.std, Number.NaN],
    [functions.logsumexp, -Infinity],
    [functions.norm, 0],
  ] as const;
  const choosing = [
    functions.max,
    functions.min,
    functions.median,
    functions.argmax,
    functions.argmin,
  ] as const;
  const keeping = [
    (x: Tensor, dim: number) => functions.softmax(x, dim),
    (x: Tensor, dim: number) => functions.cumsum(x, dim),
    (x: Tensor, dim: number) => functions.cummax(x, dim).values,
    (x: Tensor, dim: number) => functions.sort(x, { dim }).values,
    (x: Tensor, dim: number) => functions.roll(x, 1, dim),
    (x: Tensor, dim: number) => cat([x, x], dim),
    (x: Tensor) => functions.tanh(x),
    (x: Tensor) => x.slice([null, null, -1]),
    (x: Tensor) => flip(x, 0),
  ] as const;

  test("reduce to the neutral element, or have none to choose", () => {
    fc.assert(
      fc.property(emptied, ({ dims, dim }) => {
        const x = functions.zeros(dims);
        const rest = dims.toSpliced(dim, 1);
        for (const [reduce, value] of neutral) {
          const got = reduce(x, { dim });
          expect(got.shape).toEqual(rest);
          expect(got.data.every((each) => Object.is(each, value))).toBe(true);
        }
        for (const choose of choosing) {
          const result = (): unknown => choose(x, { dim });
          if (sizeOf(rest) > 0) expect(result).toThrow("has no elements to choose from");
          else expect(result).not.toThrow();
        }
      }),
    );
  });

  test("stay empty through everything that keeps shapes", () => {
    fc.assert(
      fc.property(emptied, ({ dims, dim }) => {
        for (const keep of keeping) expect(keep(functions.zeros(dims), dim).shape).toEqual(dims);
      }),
    );
  });
});
