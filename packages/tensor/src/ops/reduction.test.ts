import { expectClose, tolerances } from "@internal/testing";
import { describe, expect, test } from "vitest";
import { ones, zeros } from "../create.ts";
import { tensor } from "../from.ts";
import { randn } from "../random/draw.ts";
import { Generator } from "../random/generator.ts";
import { arange, linspace } from "../ranges.ts";
import type { Tensor } from "../tensor.ts";
import { all, any } from "./any-all.ts";
import { cumsum } from "./cumsum.ts";
import { logsumexp } from "./logsumexp.ts";
import { norm } from "./norm.ts";
import { prod } from "./prod.ts";
import type { ReduceOptions } from "./reduction.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { mean, sum } from "./sum.ts";
import { std, variance } from "./variance.ts";

const ints = (values: number[]) => tensor(values, { dtype: "int32" });

/** Every reduction of float64 lists, from its definition. */
const definitions: [string, (x: Tensor, options?: ReduceOptions) => Tensor, (list: number[]) => number][] = [
  ["sum", sum, (list) => list.reduce((a, b) => a + b, 0)],
  ["mean", mean, (list) => list.reduce((a, b) => a + b, 0) / list.length],
  ["prod", prod, (list) => list.reduce((a, b) => a * b, 1)],
  ["logsumexp", logsumexp, (list) => Math.log(list.reduce((a, b) => a + Math.exp(b), 0))],
  ["norm", norm, (list) => Math.hypot(...list)],
  ["variance", variance, (list) => squaredDeviations(list) / (list.length - 1)],
  ["std", std, (list) => Math.sqrt(squaredDeviations(list) / (list.length - 1))],
];

function squaredDeviations(list: number[]): number {
  const center = list.reduce((a, b) => a + b, 0) / list.length;
  return list.reduce((a, b) => a + (b - center) ** 2, 0);
}

describe.each(definitions)("%s", (_, f, definition) => {
  const x = randn([3, 4, 5], { dtype: "float64", generator: new Generator(3) });
  const at = (i: number, j: number, k: number): number => x.data[i * 20 + j * 5 + k]!;
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  // sums in another order
  const close = { rtol: 1e-13, atol: 1e-14 };

  test("reduces everything to one number", () => {
    expectClose(f(x).data, [definition(Array.from(x.data))], close);
    expect(f(x).shape).toEqual([]);
    expect(f(x, { keepdim: true }).shape).toEqual([1, 1, 1]);
    expect(f(x, { dim: [] }).shape).toEqual([]);
  });

  test("reduces the first, a middle and the last dimension", () => {
    const first = range(4).flatMap((j) => range(5).map((k) => definition(range(3).map((i) => at(i, j, k)))));
    const middle = range(3).flatMap((i) => range(5).map((k) => definition(range(4).map((j) => at(i, j, k)))));
    const last = range(3).flatMap((i) => range(4).map((j) => definition(range(5).map((k) => at(i, j, k)))));
    expectClose(f(x, { dim: 0 }).data, first, close);
    expectClose(f(x, { dim: 1 }).data, middle, close);
    expectClose(f(x, { dim: -1 }).data, last, close);
    expect(f(x, { dim: 1 }).shape).toEqual([3, 5]);
    expect(f(x, { dim: 1, keepdim: true }).shape).toEqual([3, 1, 5]);
  });

  test("reduces dimensions that are not neighbours, in any order", () => {
    const want = range(4).map((j) => definition(range(3).flatMap((i) => range(5).map((k) => at(i, j, k)))));
    expectClose(f(x, { dim: [2, 0] }).data, want, close);
    expect(f(x, { dim: [-1, 0], keepdim: true }).shape).toEqual([1, 4, 1]);
  });

  test("reads views", () => {
    const view = x.permute([2, 0, 1]).slice([1, 4]);
    expectClose(f(view, { dim: 1 }).data, f(view.clone(), { dim: 1 }).data, close);
  });

  test("keeps NaN", () => {
    expect(f(tensor([1, NaN, 2])).item()).toBeNaN();
  });

  test("of a 0-d tensor accepts its one dimension", () => {
    expectClose(f(tensor(2), { dim: -1 }).data, [definition([2])]);
  });
});

describe("sums", () => {
  test("of float32 are rounded once at the end", () => {
    const x = tensor([16777216, 1, 1, 1, 1]);
    expect(sum(x).item()).toBe(16777220);
    expect(sum(x.unsqueeze(1).expand([5, 2]), { dim: 0 }).toArray()).toEqual([16777220, 16777220]);
  });

  test("of a million float64 numbers stay within a few units in the last place", () => {
    const x = linspace(0, 1, 1_000_001, { dtype: "float64" });
    expectClose(sum(x).data, [500000.5], { rtol: 1e-15, atol: 0 });
  });

  test("count truth values and wrap int32 around", () => {
    expect(sum(tensor([true, true, false])).dtype).toBe("int32");
    expect(sum(ints([2147483647, 1])).item()).toBe(-2147483648);
    expect(prod(ints([65536, 65537])).item()).toBe(Math.imul(65536, 65537));
  });

  test("and means, products of nothing", () => {
    expect(sum(zeros([0])).item()).toBe(0);
    expect(mean(zeros([0])).item()).toBeNaN();
    expect(prod(zeros([2, 0]), { dim: 1 }).toArray()).toEqual([1, 1]);
    expect(sum(zeros([0, 3]), { dim: 1 }).shape).toEqual([0]);
  });

  test("over many rows add all of them", () => {
    for (const rows of [1, 3, 4, 5, 8, 11]) {
      const x = arange(rows * 3).reshape([rows, 3]);
      const each = (rows * (rows - 1) * 3) / 2;
      expect(sum(x, { dim: 0 }).toArray()).toEqual([each, each + rows, each + 2 * rows]);
    }
  });
});

describe("logsumexp and softmax", () => {
  test("do not overflow", () => {
    expect(logsumexp(tensor([1000, 1000], { dtype: "float64" })).item()).toBe(1000 + Math.log(2));
    expect(softmax(tensor([1000, 1000]), 0).toArray()).toEqual([0.5, 0.5]);
    expect(logSoftmax(tensor([-1000, 0]), 0).toArray()).toEqual([-1000, 0]);
  });

  test("give infinite sums their limits", () => {
    expect(logsumexp(tensor([-Infinity, -Infinity])).item()).toBe(-Infinity);
    expect(logsumexp(tensor([Infinity, 0])).item()).toBe(Infinity);
    expect(logsumexp(zeros([2, 0]), { dim: 1 }).toArray()).toEqual([-Infinity, -Infinity]);
    expect(softmax(tensor([0, -Infinity]), 0).toArray()).toEqual([1, 0]);
  });

  test("sum to one along the dimension, also of views", () => {
    const x = randn([4, 5, 6], { generator: new Generator(1) }).permute([2, 0, 1]);
    for (const dim of [0, 1, 2]) {
      const y = softmax(x, dim);
      expect(y.shape).toEqual(x.shape);
      expectClose(sum(y, { dim }).data, ones([20 * 6]).data.subarray(0, y.size / x.shape[dim]!));
      expectClose(logSoftmax(x, dim).data, y.log().data, tolerances.value.float32);
    }
  });

  test("make whole numbers float32", () => {
    expect(softmax(ints([0, 0]), 0).toArray()).toEqual([0.5, 0.5]);
    expect(logsumexp(ints([0])).dtype).toBe("float32");
  });
});

describe("variance", () => {
  test("divides by the count less the correction, and is NaN when nothing is left", () => {
    const x = tensor([1, 2, 3, 4]);
    expect(variance(x, { correction: 0 }).item()).toBe(1.25);
    expect(variance(tensor([5])).item()).toBeNaN();
    expect(variance(tensor([5]), { correction: 0 }).item()).toBe(0);
    expect(std(tensor([1, 3]), { correction: 0 }).item()).toBe(1);
  });

  test("keeps its digits far from zero", () => {
    const x = tensor([1e9, 1e9 + 1, 1e9 + 2], { dtype: "float64" });
    expect(variance(x).item()).toBe(1);
  });
});

describe("norm", () => {
  const x = tensor([3, -4, 0]);

  test.each([
    [2, 5],
    [1, 7],
    [0, 2],
    [Infinity, 4],
    [-Infinity, 0],
    [3, Math.cbrt(91)],
  ])("of order %d", (p, want) => {
    expectClose(norm(x, { p }).data, [want]);
    expect(norm(tensor([NaN, 1]), { p }).toArray()).toBe(p === 0 ? 2 : NaN);
  });
});

describe("any and all", () => {
  test("treat zero as false and everything else, NaN included, as true", () => {
    const x = tensor([
      [0, 0],
      [0, NaN],
      [1, 2],
    ]);
    expect(any(x, { dim: 1 }).toArray()).toEqual([false, true, true]);
    expect(all(x, { dim: 1 }).toArray()).toEqual([false, false, true]);
    expect(all(x, { dim: 0 }).toArray()).toEqual([false, false]);
    expect([any(x).toArray(), all(x).toArray()]).toEqual([true, false]);
  });

  test("of nothing are false and true", () => {
    expect([any(zeros([0])).toArray(), all(zeros([0])).toArray()]).toEqual([false, true]);
  });
});

describe("cumsum", () => {
  test("runs along one dimension", () => {
    const x = arange(6).reshape([2, 3]);
    expect(cumsum(x, 0).toArray()).toEqual([
      [0, 1, 2],
      [3, 5, 7],
    ]);
    expect(cumsum(x.transpose(0, 1), -1).toArray()).toEqual([
      [0, 3],
      [1, 5],
      [2, 7],
    ]);
  });

  test("starts at the offset of a part", () => {
    expect(cumsum(arange(6).slice([2, 5]), 0).toArray()).toEqual([2, 5, 9]);
  });

  test("counts truth values and leaves a 0-d tensor alone", () => {
    expect(cumsum(tensor([true, false, true]), 0).toArray()).toEqual([1, 1, 2]);
    expect(cumsum(tensor(4), 0).toArray()).toBe(4);
  });
});
