import { amax, amin, max, prod, sum } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewed } from "../models/naive.ts";
import { counted, shape, sizeOf } from "./shapes.ts";

describe("reductions", () => {
  test("over any dimensions equal reducing them one after another", () => {
    fc.assert(
      fc.property(
        viewed.chain((x) =>
          fc.tuple(
            fc.constant(x),
            fc.shuffledSubarray(
              x.shape.map((_, d) => d),
              { minLength: 1 },
            ),
          ),
        ),
        ([x, dims]) => {
          // products of ones and twos are exact
          const reductions = [
            [sum, x],
            [amax, x],
            [amin, x],
            [prod, x.remainder(2).add(1)],
          ] as const;
          for (const [reduce, from] of reductions) {
            const together = reduce(from, { dim: dims, keepdim: true });
            const apart = dims.reduce((y, dim) => reduce(y, { dim, keepdim: true }), from);
            expect(together.toArray()).toEqual(apart.toArray());
          }
          expect(amax(x, { dim: dims[0]! }).toArray()).toEqual(max(x, { dim: dims[0]! }).values.toArray());
        },
      ),
    );
  });

  test("over empty dimensions give the neutral element", () => {
    fc.assert(
      fc.property(shape, fc.nat(3), (dims, at) => {
        fc.pre(dims.length > 0);
        const dim = at % dims.length;
        const emptied = dims.map((n, d) => (d === dim ? 0 : n));
        const got = sum(counted(emptied), { dim });
        expect(got.size).toBe(sizeOf(emptied.toSpliced(dim, 1)));
        expect(got.data.every((value) => value === 0)).toBe(true);
      }),
    );
  });
});
