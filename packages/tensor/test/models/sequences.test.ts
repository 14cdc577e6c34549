import { expectClose } from "@internal/testing";
import {
  arange,
  countNonzero,
  diff,
  logcumsumexp,
  logsumexp,
  median,
  movedim,
  quantile,
  sort,
  swapaxes,
  tensor,
  transpose,
  unfold,
  zeros,
} from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { build, elements, positions, read, replaced, viewed, viewedAlong } from "./naive.ts";

/** Its rounding differs from NumPy's by single units in the last place. */
const lastPlaces = { rtol: 1e-14, atol: 1e-15 };
const numbers = tensor(
  [
    [0.2, -1, 4, 7.5, 2],
    [3, 3, -2, 0.5, 9],
  ],
  { dtype: "float64" },
);

describe("unfold", () => {
  test("shows every window where it lies, without copying", () => {
    fc.assert(
      fc.property(viewedAlong, fc.nat(4), fc.integer({ min: 1, max: 3 }), ([x, dim], wide, step) => {
        const size = Math.min(wide, x.shape[dim]!);
        const windows = unfold(x, dim, size, step);
        const count = Math.floor((x.shape[dim]! - size) / step) + 1;
        expect(windows.shape).toEqual([...replaced(x.shape, dim, count), size]);
        expect(windows.data).toBe(x.data);
        for (const at of positions(windows.shape)) {
          const inside = at.at(-1)!;
          const source = replaced(at.slice(0, -1), dim, at[dim]! * step + inside);
          expect(read(windows, at)).toBe(read(x, source));
        }
      }),
    );
  });

  test("gives NumPy's sliding windows, and those of PyTorch for a 0-d tensor", () => {
    expect(unfold(arange(10), 0, 4, 3).toArray()).toEqual([
      [0, 1, 2, 3],
      [3, 4, 5, 6],
      [6, 7, 8, 9],
    ]);
    expect(unfold(tensor(5), 0, 1).toArray()).toEqual([5]);
    expect(unfold(arange(3), 0, 0).shape).toEqual([4, 0]);
  });
});

describe("diff", () => {
  test("undoes cumsum but for its first element", () => {
    fc.assert(
      fc.property(viewedAlong, ([x, dim]) => {
        const rest = x.slice(...Array<null>(dim).fill(null), [1]);
        expect(diff(x.cumsum(dim), { dim }).toArray()).toEqual(rest.toArray());
      }),
    );
  });

  test("has NumPy's numbers, and ends where nothing is left", () => {
    expectClose(diff(numbers, { n: 2 }).data, [6.2, -1.5, -9, -5, 7.5, 6], lastPlaces);
    expectClose(diff(numbers, { dim: 0 }).data, [2.8, 4, -6, -7, 7], lastPlaces);
    expect(diff(numbers, { n: 2 ** 40 }).shape).toEqual([2, 0]);
    expect(diff(numbers, { n: 0 })).toBe(numbers);
    expect(diff(tensor([true, true, false])).toArray()).toEqual([false, true]);
  });
});

describe("movedim", () => {
  test("puts dimensions where they are told, others in order", () => {
    const x = zeros([2, 3, 4, 5]);
    expect(movedim(x, 0, 2).shape).toEqual([3, 4, 2, 5]);
    expect(movedim(x, [0, -1], [-1, 0]).shape).toEqual([5, 3, 4, 2]);
    expect(movedim(x, [], []).shape).toEqual(x.shape);
    expect(movedim(tensor(1), 0, -1).shape).toEqual([]);
    expect(swapaxes).toBe(transpose);
  });

  test("of two dimensions is the transpose", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        fc.pre(x.ndim === 2);
        expect(movedim(x, 0, 1).toArray()).toEqual(transpose(x, 0, 1).toArray());
      }),
    );
  });
});

describe("running logarithms of sums of exponentials", () => {
  test("have NumPy's numbers", () => {
    expectClose(
      logcumsumexp(numbers, 1).data,
      [
        0.2, 0.46328246733803125, 4.02869310613502, 7.530603295952994, 7.534559058742015, 3,
        3.6931471805599454, 3.696510491782079, 3.7366007234166445, 9.005164316356225,
      ],
      lastPlaces,
    );
  });

  test("end in logsumexp, and infinities and NaN stay", () => {
    fc.assert(
      fc.property(viewedAlong, ([x, dim]) => {
        const all = logsumexp(x, { dim });
        expectClose(logcumsumexp(x, dim).select(dim, -1).contiguous().clone().data, all.data, lastPlaces);
      }),
    );
    const odd = tensor([-Infinity, -Infinity, 1, Infinity, Infinity, -Infinity, Number.NaN, 1]);
    expect(elements(logcumsumexp(odd, 0))).toEqual([
      -Infinity,
      -Infinity,
      1,
      Infinity,
      Infinity,
      Infinity,
      Number.NaN,
      Number.NaN,
    ]);
    expect(logcumsumexp(arange(2), 0).dtype).toBe("float32");
  });
});

describe("median and quantile", () => {
  const repeating = fc
    .tuple(viewedAlong, fc.array(fc.nat(3), { minLength: 64, maxLength: 64 }))
    .map(([[x, dim], values]) => [build(x.shape, (at) => values[read(x, at) % 64]!), dim] as const);

  test("the median is the lower one of the middle, where it is said to be", () => {
    fc.assert(
      fc.property(repeating, ([x, dim]) => {
        const { values, indices } = median(x, { dim, keepdim: true });
        const middle = (x.shape[dim]! - 1) >> 1;
        expect(values.toArray()).toEqual(
          sort(x, { dim })
            .values.slice(...at(dim, middle))
            .toArray(),
        );
        expect(x.gather(dim, indices).toArray()).toEqual(values.toArray());
      }),
    );
  });

  test("without a dimension, of all; NaN wins, empty results are empty", () => {
    expect(median(numbers).item()).toBe(2);
    expect(median(tensor([3, 1, Number.NaN, 2])).item()).toBe(Number.NaN);
    expect(median(tensor([3, 1, Number.NaN, 2]), { dim: 0 }).indices.item()).toBe(2);
    expect(median(tensor([4, 1, 3, 2], { dtype: "int32" })).item()).toBe(2);
    expect(median(zeros([0, 3]), { dim: 1 }).values.shape).toEqual([0]);
  });

  test("quantiles have NumPy's numbers", () => {
    expectClose(quantile(numbers, [0, 0.1, 0.5, 0.77, 1]).data, [-2, -1.1, 2.5, 3.93, 9], lastPlaces);
    expectClose(quantile(numbers, 0.3, { dim: 1 }).data, [0.56, 1], lastPlaces);
    expectClose(quantile(numbers, 0.3, { dim: 0 }).data, [1.04, 0.2, -0.2, 2.6, 4.1], lastPlaces);
  });

  test("quantiles of several shares come first; infinities stay, NaN wins", () => {
    expect(quantile(numbers, [0, 1], { dim: 1, keepdim: true }).shape).toEqual([2, 2, 1]);
    expect(quantile(numbers, []).shape).toEqual([0]);
    const odd = tensor([1, Infinity, -Infinity]);
    expect(elements(quantile(odd, [0, 0.5, 0.75, 1]))).toEqual([-Infinity, 1, Infinity, Infinity]);
    expect(quantile(tensor([1, Number.NaN]), 0).item()).toBe(Number.NaN);
  });

  const at = (dim: number, index: number): (null | [number, number])[] => [
    ...Array<null>(dim).fill(null),
    [index, index + 1],
  ];
});

test("countNonzero counts what is not zero, NaN too", () => {
  expect(
    countNonzero(
      tensor([
        [0, 1, Number.NaN],
        [-0, 0, 3],
      ]),
    ).item(),
  ).toBe(3);
  expect(
    countNonzero(
      tensor([
        [true, false],
        [true, true],
      ]),
      { dim: 0 },
    ).toArray(),
  ).toEqual([2, 1]);
  expect(countNonzero(zeros([0, 2]), { dim: 0, keepdim: true }).toArray()).toEqual([[0, 0]]);
  expect(countNonzero(tensor([2, 3])).dtype).toBe("int32");
});
