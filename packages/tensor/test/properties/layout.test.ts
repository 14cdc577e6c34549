import { expectClose } from "@internal/testing";
import * as functions from "@rnn/tensor";
import { decodeNpy, encodeNpy, Generator, Tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewed } from "../models/naive.ts";

type Call = (x: Tensor, ...args: readonly unknown[]) => unknown;
const all = functions as unknown as Record<string, Call>;
const ones = (x: Tensor, dim: number): Tensor =>
  new Tensor(new Int32Array(x.size), x.shape).select(dim, 0).unsqueeze(dim);

/** Functions by what they are called with besides the tensor. */
const calls: readonly [names: string, args: (x: Tensor) => readonly unknown[]][] = [
  [
    `abs acos acosh asin asinh atan atanh ceil cos cosh erf erfc exp expm1 floor hardSigmoid hardTanh isfinite isinf isnan
     log log10 log1p log2 logicalNot neg reciprocal relu round rsqrt selu sigmoid sign silu sin sinh softsign sqrt square
     tan tanh trunc elu gelu leakyRelu softplus nanToNum`,
    () => [],
  ],
  [
    `add atan2 div eq floorDivide fmod ge gt hypot isclose le logicalAnd logicalOr logicalXor lt maximum minimum mul ne pow
     remainder sub allclose`,
    (x) => [x.flip(0)],
  ],
  ["all any sum mean prod std variance norm logsumexp countNonzero amax amin", () => []],
  [
    "all any sum mean prod std variance norm logsumexp countNonzero amax amin argmax argmin max min median",
    (x) => [{ dim: x.ndim - 1 }],
  ],
  ["argmax argmin max min median unique nonzero flatten sort argsort diff", () => []],
  ["cumsum cumprod cummax cummin logcumsumexp softmax logSoftmax unbind flip unsqueeze", () => [0]],
  ["quantile topk", () => [1, { dim: 0 }]],
  ["roll repeatInterleave split chunk", () => [2, 0]],
  ["select", () => [0, -1]],
  ["tile", () => [[2, 1]]],
  ["pad", () => [[1, 2]]],
  ["unfold", () => [0, 1]],
  ["indexSelect", () => [0, [0, 0]]],
  ["gather", (x) => [0, ones(x, 0)]],
  ["scatter", (x) => [0, ones(x, 0), 9]],
  ["scatterAdd", (x) => [0, ones(x, 0), x.select(0, -1).unsqueeze(0)]],
  ["maskedFill", (x) => [x.gt(2), -1]],
  ["maskedSelect", (x) => [x.gt(2)]],
  ["clamp", () => [{ min: 1, max: 3 }]],
  ["reshape", (x) => [[x.size]]],
  ["broadcastTo", (x) => [[2, ...x.shape]]],
  ["matmul", (x) => [new Tensor(new Float64Array(x.shape.at(-1)!).fill(0.5), [x.shape.at(-1)!])]],
];
const rows = calls.flatMap(([names, args]) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, args] as const),
);

describe("a view gives what its copy gives", () => {
  test.each(rows)("%s", (name, args) => {
    fc.assert(
      fc.property(viewed, (x) => {
        expect(plain(all[name]!(x, ...args(x)))).toEqual(plain(all[name]!(x.clone(), ...args(x.clone()))));
      }),
      { numRuns: 40 },
    );
  });

  // long enough for SIMD, where there is some
  const long = functions.rand([70, 1000], { generator: new Generator(1) });
  const views = [
    long.transpose(0, 1),
    long.slice([null, null, -1], [null, null, -3]),
    long.flip(1),
    long.slice([3]),
  ];
  const fast = `abs exp log neg relu sigmoid sqrt square tanh softmax logSoftmax sum mean variance norm amax argmin logsumexp
    add div maximum minimum mul sub`;

  test.each(fast.split(/\s+/))("%s of many float32", (name) => {
    const args = (x: Tensor): readonly unknown[] =>
      /oftmax/.test(name) ? [-1] : rows.find(([known]) => known === name)![1](x);
    for (const x of views) {
      const [view, copy] = [x, x.clone()].map((y) => all[name]!(y, ...args(y)) as Tensor);
      expect(view!.shape).toEqual(copy!.shape);
      // kernels are within 4 units in the last place of what loops compute
      expectClose(view!.data, copy!.data, { rtol: 2 ** -21, atol: 1e-7 });
    }
  });

  test("printed, as arrays and as files", () => {
    fc.assert(
      fc.property(viewed, (x) => {
        expect(String(x)).toBe(String(x.clone()));
        expect(x.toArray()).toEqual(x.clone().toArray());
        expect(encodeNpy(x)).toEqual(encodeNpy(x.clone()));
        expect(decodeNpy(encodeNpy(x)).toArray()).toEqual(x.toArray());
      }),
    );
  });
});

/** Tensors, alone, in lists or by names, as what is in them. */
function plain(result: unknown): unknown {
  if (result instanceof Tensor) return [result.dtype, result.shape, result.toArray()];
  if (Array.isArray(result)) return result.map(plain);
  if (typeof result !== "object" || result === null) return result;
  return Object.fromEntries(Object.entries(result).map(([name, part]) => [name, plain(part)]));
}
