import {
  argsort,
  cummax,
  cummin,
  cumprod,
  gather,
  meshgrid,
  oneHot,
  searchsorted,
  sort,
  Tensor,
  tensor,
  topk,
  unique,
} from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements, positions, read, replaced, viewedAlong } from "./naive.ts";

/** Few different numbers, so that many are equal, and the special ones; seen through views. */
const tied: fc.Arbitrary<[Tensor, number]> = fc
  .tuple(viewedAlong, fc.infiniteStream(fc.constantFrom(0, 1, -1, 2.5, NaN, Infinity, -Infinity)))
  .map(([[x, dim], values]) => {
    x.data.forEach((_, i) => {
      x.data[i] = values.next().value;
    });
    return [x, dim];
  });

/** Every run along a dimension, as positions. */
function runs(x: Tensor, dim: number): number[][][] {
  return positions(replaced(x.shape, dim, 1)).map((start) =>
    Array.from({ length: x.shape[dim]! }, (_, i) => replaced(start, dim, i)),
  );
}

/** NaN above infinity, and then as many as there are. */
const rank = (value: number): number =>
  Number.isNaN(value) ? 9 : value === Infinity ? 8 : Math.max(value, -8);

describe("sorting", () => {
  test.each([false, true])("is stable and puts NaN above everything; descending: %s", (descending) => {
    fc.assert(
      fc.property(tied, ([x, dim]) => {
        const { values, indices } = sort(x, { dim, descending });
        expect(elements(gather(x, dim, indices))).toEqual(elements(values));
        expect(elements(argsort(x, { dim: dim - x.ndim, descending }))).toEqual(elements(indices));
        for (const run of runs(x, dim)) {
          const keys = run.map((at) => rank(read(x, at)) * (descending ? -1 : 1));
          const want = keys.map((_, i) => i).sort((i, j) => keys[i]! - keys[j]! || i - j);
          expect(run.map((at) => read(indices, at))).toEqual(want);
        }
      }),
    );
  });

  test("topk is the beginning of sort", () => {
    fc.assert(
      fc.property(tied, fc.nat(), fc.boolean(), ([x, dim], i, largest) => {
        const k = i % (x.shape[dim]! + 1);
        const sorted = sort(x, { dim, descending: largest });
        const got = topk(x, k, { dim, largest });
        const range = x.shape.map((_, d): [number, number] | null => (d === dim ? [0, k] : null));
        expect(got.values.shape).toEqual(replaced(x.shape, dim, k));
        expect(elements(got.values)).toEqual(elements(sorted.values.slice(...range)));
        expect(elements(got.indices)).toEqual(elements(sorted.indices.slice(...range)));
      }),
    );
  });

  test("topk of few among many is the beginning of sort, too", () => {
    const number = fc.oneof(
      fc.constantFrom(NaN, 0, 1, Infinity, -Infinity),
      fc.integer({ min: -20, max: 20 }),
    );
    const row = fc.array(number, { minLength: 32, maxLength: 80 });
    fc.assert(
      fc.property(row, fc.integer({ min: 1, max: 5 }), fc.boolean(), (list, some, largest) => {
        const k = Math.min(some, Math.floor(list.length / 16));
        const x = tensor(Float64Array.from(list)).flip(0);
        const { values, indices } = topk(x, k, { largest });
        const sorted = sort(x, { descending: largest });
        expect(elements(indices)).toEqual(elements(sorted.indices).slice(0, k));
        expect(elements(values)).toEqual(elements(sorted.values).slice(0, k));
      }),
    );
  });

  test("searchsorted counts the elements below, or not above", () => {
    const numbers = fc.array(fc.constantFrom(-2, -1, 0, 0.5, 1, 7), { maxLength: 9 });
    fc.assert(
      fc.property(numbers, numbers, (list, wanted) => {
        const sorted = [...list].sort((a, b) => a - b);
        const limits = tensor(Float64Array.from(sorted));
        const values = tensor(Float64Array.from(wanted)).flip(0);
        const count = (holds: (limit: number, value: number) => boolean): number[] =>
          [...wanted].reverse().map((value) => sorted.filter((limit) => holds(limit, value)).length);
        expect(elements(searchsorted(limits, values))).toEqual(count((limit, value) => limit < value));
        expect(elements(searchsorted(limits, values, { right: true }))).toEqual(
          count((limit, value) => limit <= value),
        );
      }),
    );
  });
});

describe("unique", () => {
  test("finds every different number once, and knows where from", () => {
    fc.assert(
      fc.property(tied, ([x]) => {
        const row = elements(x);
        const numbers = [...new Set(row.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
        const nans = row.filter(Number.isNaN);
        const { values, indices, inverse, counts } = unique(x);
        expect(elements(values)).toEqual([...numbers, ...nans]);
        expect(elements(indices)).toEqual([
          ...numbers.map((value) => row.indexOf(value)),
          ...row.flatMap((value, i) => (Number.isNaN(value) ? [i] : [])),
        ]);
        expect(elements(counts)).toEqual([
          ...numbers.map((value) => row.filter((other) => other === value).length),
          ...nans.map(() => 1),
        ]);
        expect(inverse.shape).toEqual(x.shape);
        expect(elements(inverse).map((i) => values.data[i])).toEqual(row);
      }),
    );
  });

  test("of slices compares them element by element", () => {
    const dataset = fc.array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(dataset, fc.boolean(), (rows, transposed) => {
        const matrix = tensor(rows);
        const { values, indices, inverse, counts } = transposed
          ? unique(matrix.transpose(0, 1), { dim: -1 })
          : unique(matrix, { dim: 0 });
        const texts = rows.map(String);
        const different = [...new Set(texts)].sort();
        const found = (transposed ? values.transpose(0, 1) : values).toArray() as number[][];
        expect(found.map(String)).toEqual(different);
        expect(elements(indices)).toEqual(different.map((text) => texts.indexOf(text)));
        expect(elements(inverse)).toEqual(texts.map((text) => different.indexOf(text)));
        expect(elements(counts)).toEqual(
          different.map((text) => texts.filter((other) => other === text).length),
        );
      }),
    );
  });
});

describe("running values", () => {
  test("are those of the beginnings of each run", () => {
    fc.assert(
      fc.property(tied, ([x, dim]) => {
        const product = cumprod(x, dim);
        const largest = cummax(x, dim);
        const smallest = cummin(x, dim);
        for (const run of runs(x, dim)) {
          const row = run.map((at) => read(x, at));
          run.forEach((at, i) => {
            const begin = row.slice(0, i + 1);
            const last = (value: number): number => begin.findLastIndex((other) => Object.is(other, value));
            // 1 ahead, because zeros have a sign
            expect(read(product, at)).toBe(begin.reduce((a, b) => a * b, 1));
            expect(read(largest.values, at)).toBe(Math.max(...begin));
            expect(read(smallest.values, at)).toBe(Math.min(...begin));
            expect(read(largest.indices, at)).toBe(last(Math.max(...begin)));
            expect(read(smallest.indices, at)).toBe(last(Math.min(...begin)));
          });
        }
      }),
    );
  });
});

describe("one-hot rows and grids", () => {
  test("oneHot has a one where the index says", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }), (list) => {
        const index = new Tensor(Int32Array.from(list), [list.length]).flip(0);
        const rows = [...list].reverse().map((i) => Array.from({ length: 5 }, (_, k) => Number(i === k)));
        expect(oneHot(index, 5).toArray()).toEqual(rows);
        expect(oneHot(index).shape).toEqual([list.length, Math.max(...list) + 1]);
      }),
    );
  });

  test("meshgrid is made of views", () => {
    const vectors = [tensor([1, 2]), tensor([3, 4, 5]), tensor([6])];
    const grids = meshgrid(vectors);
    for (const at of positions([2, 3, 1])) {
      expect(grids.map((grid) => read(grid, at))).toEqual(vectors.map((x, d) => x.data[at[d]!]));
    }
    expect(grids.map((grid) => grid.data)).toEqual(vectors.map((x) => x.data));
  });
});
