import {
  diagonal,
  maskedFill,
  maskedSelect,
  nonzero,
  pad,
  repeatInterleave,
  roll,
  scatter,
  scatterAdd,
  scatterReduce,
  tensor,
  tile,
  tril,
  triu,
} from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { build, elements, positions, read, replaced, viewed, viewedAlong } from "./naive.ts";

const mod = (a: number, n: number): number => ((a % n) + n) % n;

describe("scattering", () => {
  /** A target, a dimension, and an index with values that fits it; the index a transposed view now and then. */
  const scattering = viewedAlong.chain(([x, dim]) =>
    fc
      .tuple(...x.shape.map((n, d) => fc.integer({ min: d === dim ? 0 : 1, max: d === dim ? 5 : n })))
      .chain((shape) => {
        const size = shape.reduce((a, b) => a * b, 1);
        return fc.record({
          x: fc.constant(x),
          dim: fc.constant(dim),
          index: fc
            .array(fc.nat(x.shape[dim]! - 1), { minLength: size, maxLength: size })
            .map((list) => tensor(Int32Array.from(list), { shape })),
          // every second element of a tensor that is larger than the index
          source: fc.constant(
            build(
              [...shape.map((n) => n + 1), 2],
              (at) => 100 + at.reduce((sum, i) => 7 * sum + i, 1),
            ).select(-1, 0),
          ),
        });
      }),
  );

  const joins = {
    write: (_: number, b: number) => b,
    sum: (a: number, b: number) => a + b,
    prod: (a: number, b: number) => a * b,
    amax: (a: number, b: number) => Math.max(a, b),
    amin: (a: number, b: number) => Math.min(a, b),
  };

  test.each(Object.entries(joins))("%s visits the index in row-major order", (kind, join) => {
    fc.assert(
      fc.property(scattering, ({ x, dim, index, source }) => {
        const want = new Map(positions(x.shape).map((at) => [at.join(), read(x, at)]));
        for (const at of positions(index.shape)) {
          const to = replaced(at, dim, read(index, at)).join();
          want.set(to, join(want.get(to)!, read(source, at)));
        }
        const got =
          kind === "write"
            ? scatter(x, dim, index, source)
            : scatterReduce(x, dim, index, source, kind as Exclude<keyof typeof joins, "write">);
        expect(elements(got)).toEqual([...want.values()]);
        if (kind === "sum") expect(elements(scatterAdd(x, dim, index, source))).toEqual([...want.values()]);
      }),
    );
  });
});

describe("masks", () => {
  test("select and fill what they cover, stretched over either side", () => {
    fc.assert(
      fc.property(viewed, fc.infiniteStream(fc.boolean()), fc.boolean(), (x, bits, narrow) => {
        const shape = narrow ? x.shape.slice(-1) : x.shape;
        const mask = tensor(
          Float64Array.from(positions(shape), () => Number(bits.next().value)),
          {
            shape,
          },
        ).to("bool");
        const covered = (at: number[]): boolean => read(mask, at.slice(x.ndim - mask.ndim)) === 1;
        const all = positions(x.shape);
        expect(elements(maskedSelect(x, mask))).toEqual(all.filter(covered).map((at) => read(x, at)));
        expect(elements(maskedFill(x, mask, -1))).toEqual(all.map((at) => (covered(at) ? -1 : read(x, at))));
      }),
    );
  });

  test("the positions of elements that are not zero", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        const odd = maskedFill(x, x.div(2).floor().eq(x.div(2)), 0);
        const want = positions(x.shape).filter((at) => read(x, at) % 2 !== 0);
        expect(nonzero(odd).toArray()).toEqual(want);
        expect(nonzero(odd).shape).toEqual([want.length, x.ndim]);
      }),
    );
  });
});

describe("padding, rolling and repeating", () => {
  const sources = {
    constant: (i: number, n: number) => (i >= 0 && i < n ? i : null),
    replicate: (i: number, n: number) => Math.min(Math.max(i, 0), n - 1),
    circular: (i: number, n: number) => mod(i, n),
    // bouncing between both ends
    reflect: (i: number, n: number) => (n === 1 ? 0 : n - 1 - Math.abs(mod(i, 2 * n - 2) - (n - 1))),
  };

  test.each(Object.entries(sources))("pad with %s", (mode, source) => {
    fc.assert(
      fc.property(viewed, fc.array(fc.integer({ min: -2, max: 3 }), { maxLength: 6 }), (x, numbers) => {
        // as many pairs as there are dimensions; what cannot be mirrored, or is longer than the dimension, is cut
        const padding = Array.from({ length: 2 * Math.min(x.ndim, numbers.length >> 1) }, (_, i) => {
          const n = x.shape[x.ndim - 1 - (i >> 1)]!;
          const most = mode === "reflect" ? n - 1 : 3;
          return Math.max(Math.min(numbers[i]!, most), -Math.floor(n / 2));
        });
        const [before, after] = [0, 1].map((side) =>
          x.shape.map((_, d) => padding[2 * (x.ndim - 1 - d) + side] ?? 0),
        ) as [number[], number[]];
        const shape = x.shape.map((n, d) => before[d]! + n + after[d]!);
        const want = positions(shape).map((at) => {
          const from = at.map((i, d) => source(i - before[d]!, x.shape[d]!));
          return from.includes(null) ? 9.5 : read(x, from as number[]);
        });
        const got = pad(x, padding, { mode: mode as keyof typeof sources, value: 9.5 });
        expect(got.shape).toEqual(shape);
        expect(elements(got)).toEqual(want);
      }),
    );
  });

  test("roll moves along a dimension, or along the row of all elements", () => {
    fc.assert(
      fc.property(viewedAlong, fc.integer({ min: -9, max: 9 }), ([x, dim], shift) => {
        const n = x.shape[dim]!;
        const want = positions(x.shape).map((at) => read(x, replaced(at, dim, mod(at[dim]! - shift, n))));
        expect(elements(roll(x, shift, dim))).toEqual(want);
        const row = elements(x);
        expect(elements(roll(x, shift))).toEqual(row.map((_, i) => row[mod(i - shift, row.length)]));
      }),
    );
  });

  test("tile repeats the whole, with dimensions added on either side", () => {
    fc.assert(
      fc.property(viewed, fc.array(fc.nat(3), { maxLength: 4 }), (x, repeats) => {
        const ndim = Math.max(x.ndim, repeats.length);
        const sizes = [...Array<number>(ndim - x.ndim).fill(1), ...x.shape];
        const counts = [...Array<number>(ndim - repeats.length).fill(1), ...repeats];
        const shape = sizes.map((n, d) => n * counts[d]!);
        const want = positions(shape).map((at) =>
          read(x, at.map((i, d) => i % sizes[d]!).slice(ndim - x.ndim)),
        );
        const got = tile(x, repeats);
        expect(got.shape).toEqual(shape);
        expect(elements(got)).toEqual(want);
      }),
    );
  });

  test("repeatInterleave repeats each, with one count or one per element", () => {
    fc.assert(
      fc.property(viewedAlong, fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }), ([x, dim], list) => {
        const counts = list.slice(0, x.shape[dim]);
        const from = counts.flatMap((count, i) => Array<number>(count).fill(i));
        const shape = replaced(x.shape, dim, from.length);
        const want = positions(shape).map((at) => read(x, replaced(at, dim, from[at[dim]!]!)));
        expect(elements(repeatInterleave(x, counts, dim))).toEqual(want);
        const int = tensor(Int32Array.from(counts));
        expect(elements(repeatInterleave(x, int, dim))).toEqual(want);
        expect(elements(repeatInterleave(x, 2))).toEqual(elements(x).flatMap((value) => [value, value]));
      }),
    );
  });
});

describe("triangles and diagonals", () => {
  const matrices = viewed.filter((x) => x.ndim >= 2);
  const offset = fc.integer({ min: -5, max: 5 });

  test("triu and tril share the diagonal and nothing else", () => {
    fc.assert(
      fc.property(matrices, offset, (x, k) => {
        const kept = (keep: (distance: number) => boolean): number[] =>
          positions(x.shape).map((at) => (keep(at.at(-1)! - at.at(-2)!) ? read(x, at) : 0));
        expect(elements(triu(x, k))).toEqual(kept((distance) => distance >= k));
        expect(elements(tril(x, k))).toEqual(kept((distance) => distance <= k));
      }),
    );
  });

  test("diagonal is a view of the elements with equal indices", () => {
    fc.assert(
      fc.property(matrices, offset, fc.nat(), fc.nat(), (x, k, i, j) => {
        const a = i % x.ndim;
        const b = (a + 1 + (j % (x.ndim - 1))) % x.ndim;
        const got = diagonal(x, k, a, b);
        const want = positions(x.shape).filter((at) => at[b]! - at[a]! === k);
        const rest = (at: number[]): number[] => at.filter((_, d) => d !== a && d !== b);
        // the diagonal comes last
        want.sort((p, q) => {
          const [left, right] = [
            [...rest(p), p[a]!],
            [...rest(q), q[a]!],
          ];
          const d = left.findIndex((value, at) => value !== right[at]);
          return left[d]! - right[d]!;
        });
        expect(elements(got)).toEqual(want.map((at) => read(x, at)));
        expect(got.data).toBe(x.data);
      }),
    );
  });
});
