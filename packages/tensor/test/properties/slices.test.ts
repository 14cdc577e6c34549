import { arange, cat, indexSelect, type SliceSpec, slice, split } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewed } from "../models/naive.ts";
import { counted } from "./shapes.ts";

describe("slices", () => {
  type PythonRange = readonly [start: number | null, stop: number | null, step: number | null];

  /** Python's slice of a list, written from its definition. */
  function naive(list: readonly number[], [start, stop, step]: PythonRange): number[] {
    const n = list.length;
    const by = step ?? 1;
    const [low, high] = by > 0 ? ([0, n] as const) : ([-1, n - 1] as const);
    const from = (end: number): number => Math.min(Math.max(end < 0 ? end + n : end, low), high);
    const first = start === null ? (by > 0 ? low : high) : from(start);
    const past = stop === null ? (by > 0 ? high : low) : from(stop);
    const picked: number[] = [];
    for (let i = first; by > 0 ? i < past : i > past; i += by) picked.push(list[i]!);
    return picked;
  }

  const end = fc.option(fc.integer({ min: -9, max: 9 }));
  const spec = fc.tuple(end, end, fc.option(fc.integer({ min: 1, max: 4 })));
  const anySpec = fc.tuple(
    end,
    end,
    fc.integer({ min: -4, max: 4 }).filter((step) => step !== 0),
  );
  test("match a naive model along each dimension", () => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(7), spec, spec, (rows, columns, first, second) => {
        const x = counted([rows, columns]);
        const wantRows = naive(
          Array.from({ length: rows }, (_, i) => i),
          first,
        );
        const wantColumns = naive(
          Array.from({ length: columns }, (_, i) => i),
          second,
        );
        const want = wantRows.map((r) => wantColumns.map((c) => r * columns + c));
        const got = slice(x, [first, second] as SliceSpec[]);
        expect(got.shape).toEqual([wantRows.length, wantColumns.length]);
        expect(got.toArray()).toEqual(want);
      }),
    );
  });

  test("by the method match the model of any view with steps of either sign, and share its data", () => {
    fc.assert(
      fc.property(viewed, fc.nat(3), anySpec, (x, dim, range) => {
        const d = dim % x.ndim;
        const indices = naive(
          Array.from({ length: x.shape[d]! }, (_, i) => i),
          range,
        );
        const got = x.slice(...Array<null>(d).fill(null), range);
        expect(got.data).toBe(x.data);
        expect(got.shape[d]).toBe(indices.length);
        expect(got.clone().data).toEqual(indexSelect(x, d, indices).data);
      }),
    );
  });

  // [start, stop, step] and what Python 3 gives for list(range(5))[start:stop:step]
  test.each([
    [null, null, -1, [4, 3, 2, 1, 0]],
    [null, null, -2, [4, 2, 0]],
    [3, null, -2, [3, 1]],
    [null, 1, -1, [4, 3, 2]],
    [-1, -4, -1, [4, 3, 2]],
    [9, -9, -3, [4, 1]],
    [-9, null, -1, []],
    [-9, 9, -1, []],
    [0, null, -1, [0]],
    [4, -6, -4, [4, 0]],
    [1, 3, -1, []],
    [-2, 9, 2, [3]],
    [null, null, 2 ** 53, [0]],
    [null, null, -1e308, [4]],
  ] as const)("from %s to %s by %s are Python's", (start, stop, step, want) => {
    expect(arange(5).slice([start, stop, step]).toArray()).toEqual(want);
  });

  test("split parts joined again are the whole", () => {
    fc.assert(
      fc.property(viewed, fc.nat(3), fc.integer({ min: 1, max: 5 }), (x, dim, size) => {
        const d = dim % x.ndim;
        expect(cat(split(x, size, d), d).toArray()).toEqual(x.toArray());
      }),
    );
  });
});
