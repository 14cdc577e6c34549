import { expectClose } from "@internal/testing";
import {
  add,
  arange,
  broadcastShapes,
  broadcastTo,
  cat,
  flip,
  Generator,
  indexSelect,
  matmul,
  permute,
  rand,
  reshape,
  type SliceSpec,
  slice,
  split,
  sum,
  Tensor,
  transpose,
} from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const dimension = fc.integer({ min: 0, max: 4 });
const shape = fc.array(dimension, { maxLength: 4 });
const solidShape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((a, b) => a * b, 1);
}

/** 0, 1, 2, ... in the given shape. */
function counted(dims: readonly number[]): Tensor {
  return reshape(arange(sizeOf(dims)), dims);
}

/** Two shapes that broadcast: parts of one shape, with some dimensions set to 1. */
const broadcastable = fc
  .tuple(shape, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.nat(4), fc.nat(4))
  .map(([dims, squash, cutA, cutB]) => ({
    a: dims.map((n, d) => (squash[d] ? 1 : n)).slice(Math.min(cutA, dims.length)),
    b: dims.map((n, d) => (squash[d + 4] ? 1 : n)).slice(Math.min(cutB, dims.length)),
  }));

/** A tensor seen through a random chain of views, none of which may copy. */
const viewed = fc
  .tuple(solidShape, fc.array(fc.tuple(fc.nat(2), fc.nat(10), fc.nat(10)), { maxLength: 4 }))
  .map(([dims, steps]) => {
    let x = counted(dims).to("float64");
    for (const [kind, i, j] of steps) {
      const a = i % x.ndim;
      const b = j % x.ndim;
      if (kind === 0) x = transpose(x, a, b);
      else if (kind === 1) x = flip(x, a);
      else if (j % 3 === 0) x = x.slice(...Array<null>(a).fill(null), [-1, null, -1 - (i % 2)]);
      else x = slice(x, [...Array<null>(a).fill(null), [x.shape[a]! > 1 ? j % 2 : 0, null, 1 + (i % 2)]]);
    }
    return x;
  });

describe("views", () => {
  test("share memory: a write to the data shows in every view", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        const before = x.toArray();
        x.data.forEach((value, i) => {
          x.data[i] = value + 1000;
        });
        expect(x.sub(1000).toArray()).toEqual(before);
      }),
    );
  });

  test("copies do not share memory", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        const copy = x.clone();
        const before = copy.toArray();
        x.data.fill(-1);
        expect(copy.toArray()).toEqual(before);
      }),
    );
  });

  test("transposing twice is the identity", () => {
    fc.assert(
      fc.property(viewed, fc.nat(3), fc.nat(3), (x, i, j) => {
        const [a, b] = [i % x.ndim, j % x.ndim];
        const twice = transpose(transpose(x, a, b), a, b);
        expect([twice.shape, twice.strides, twice.offset]).toEqual([x.shape, x.strides, x.offset]);
      }),
    );
  });

  test("permuting moves every element to the permuted index", () => {
    fc.assert(
      fc.property(
        solidShape.chain((dims) =>
          fc.tuple(
            fc.constant(dims),
            fc.shuffledSubarray(
              dims.map((_, d) => d),
              { minLength: dims.length },
            ),
          ),
        ),
        ([dims, order]) => {
          const x = counted(dims);
          const y = permute(x, order);
          const index = order.map((_, d) => y.shape[d]! - 1);
          const source = order.reduce((at, d, i) => at + index[i]! * x.strides[d]!, 0);
          expect(y.slice(...index).item()).toBe(source);
        },
      ),
    );
  });

  test("reshaping keeps the order of elements, whatever the strides", () => {
    fc.assert(
      fc.property(viewed, fc.boolean(), (x, split) => {
        const even = split && x.shape[0]! % 2 === 0;
        const wanted = even ? [2, x.shape[0]! / 2, ...x.shape.slice(1)] : [x.size];
        expect(reshape(x, wanted).clone().data).toEqual(x.clone().data);
      }),
    );
  });
});

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

describe("broadcasting", () => {
  test("is the same as expanding both operands and copying them", () => {
    fc.assert(
      fc.property(broadcastable, ({ a, b }) => {
        const x = counted(a);
        const y = counted(b).mul(100);
        const common = broadcastShapes(a, b);
        const explicit = add(broadcastTo(x, common).clone(), broadcastTo(y, common).clone());
        const got = add(x, y);
        expect(got.shape).toEqual(common);
        expect(got.data).toEqual(explicit.data);
      }),
    );
  });

  test("does not depend on how the operands lie in memory", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        const row = slice(x, [0]);
        expect(add(x, row).data).toEqual(add(x.clone(), row.clone()).data);
        expect(add(row, x).data).toEqual(add(row.clone(), x.clone()).data);
      }),
    );
  });
});

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
          const together = sum(x, { dim: dims, keepdim: true });
          const apart = dims.reduce((y, dim) => sum(y, { dim, keepdim: true }), x);
          expect(together.toArray()).toEqual(apart.toArray());
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

describe("matmul", () => {
  /** Rows and columns as in memory, transposed, every second one, or reversed. */
  function laidOut(x: Tensor, layout: number): Tensor {
    const [rows, columns] = x.shape as [number, number];
    if (layout === 1) return transpose(transpose(x, 0, 1).contiguous(), 0, 1);
    if (layout === 2) {
      const spread = new Float64Array(rows * columns * 2 + 3);
      const strided = new Tensor(spread, [rows, columns], { strides: [columns * 2, 2], offset: 3 });
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) spread[3 + i * columns * 2 + j * 2] = x.data[i * columns + j]!;
      return strided;
    }
    return layout === 3 ? flip(flip(x, [0, 1]).contiguous(), [0, 1]) : x;
  }

  test("is the sum of products, whatever the strides", () => {
    const side = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(side, side, side, fc.nat(3), fc.nat(3), fc.nat(), (m, k, n, layoutA, layoutB, seed) => {
        const generator = new Generator(seed);
        const a = rand([m, k], { dtype: "float64", generator });
        const b = rand([k, n], { dtype: "float64", generator });
        const want = sum(a.unsqueeze(2).mul(b), { dim: 1 });
        const got = matmul(laidOut(a, layoutA), laidOut(b, layoutB));
        expect(got.shape).toEqual([m, n]);
        // sums of up to nine numbers in another order
        expectClose(got.data, want.data, { rtol: 1e-14, atol: 1e-14 });
      }),
    );
  });

  test("of float32 views stays within float32 of the float64 product", () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), fc.nat(), (layoutA, layoutB, seed) => {
        const generator = new Generator(seed);
        const a = rand([37, 41], { dtype: "float64", generator });
        const b = rand([41, 29], { dtype: "float64", generator });
        const single = matmul(laidOut(a, layoutA).to("float32"), laidOut(b, layoutB).to("float32"));
        const double = matmul(a.to("float32").to("float64"), b.to("float32").to("float64"));
        // 41 roundings of half an ulp each, on sums near 10
        expectClose(single.data, double.data, { rtol: 41 * 2 ** -24, atol: 0 });
      }),
      { numRuns: 30 },
    );
  });

  test("of batches is the matmul of every pair", () => {
    fc.assert(
      fc.property(broadcastable, fc.nat(), ({ a, b }, seed) => {
        const generator = new Generator(seed);
        const x = rand([...a, 2, 3], { dtype: "float64", generator });
        const y = rand([...b, 3, 2], { dtype: "float64", generator });
        const got = matmul(x, y);
        const want = sum(x.unsqueeze(-1).mul(y.unsqueeze(-3)), { dim: -2 });
        expect(got.shape).toEqual(want.shape);
        expectClose(got.data, want.data, { rtol: 1e-15, atol: 1e-15 });
      }),
    );
  });
});
