import * as functions from "@rnn/tensor";
import { ones, ShapeError, Tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { expectMessages, type Row, wrong } from "./expect-messages.ts";

type Call = (...args: readonly unknown[]) => unknown;
const byName = new Map<string, Call>(
  Object.entries(functions as unknown as Record<string, Call>).filter(([name]) => /^[a-z]/.test(name)),
);
const call = (name: string, ...args: readonly unknown[]): unknown => byName.get(name)?.(...args);

const binary =
  "add allclose atan2 div eq floorDivide fmod ge gt hypot isclose le logicalAnd logicalOr logicalXor lt maximum minimum mul ne pow remainder sub";
const creating = "broadcastShapes empty full ones rand randn zeros";

/** What a text is refused with by functions whose first argument is no tensor. */
const others: Readonly<Record<string, string>> = {
  ...named(binary, (name) => `${name}: operands must be tensors or numbers, got "2"`),
  ...named(creating, (name) => `${name}: shape must be an array of dimensions, got "2"`),
  ...named("arange linspace", (name) => `${name}: an end is "2", expected a finite number`),
  ...named("uniform normal", (name) => `${name}: shape must be an array of dimensions, got undefined`),
  ...named("cat stack", (name) => `${name}: expected an array of tensors`),
  concat: "cat: expected an array of tensors",
  repeat: 'tile: expected a tensor, got "2"',
  swapaxes: 'transpose: expected a tensor, got "2"',
  decodeNpy: 'decodeNpy: expected a Uint8Array, got "2"',
  einsum: 'einsum: "2" in "2" is neither a letter nor part of "...", "," or "->"',
  eye: 'eye: columns must be a number, got "2"; write eye(2, 2, options)',
  manualSeed: 'Generator: seed is "2", expected a safe integer',
  meshgrid: 'meshgrid: expected an array of vectors, got "2"',
  randint: 'randint: low is "2" and high undefined; expected safe integers, low < high',
  randperm: 'randperm: shape [2] has "2" in dim 0; dimensions must be non-negative integers',
  setBackend: 'setBackend: "2" is not a backend; expected "auto", "wasm-fma", "wasm-simd" or "js"',
  tensor: 'tensor: expected a number or boolean, got "2"',
};

/** They take nothing that could be wrong, or, as kernels, trust their callers. */
const refusingNothing = ["backend", "defaultGenerator", "simdKernels", "gemm"];

describe("every function says what it was given instead of its first argument", () => {
  const names = [...byName.keys()].filter((name) => !refusingNothing.includes(name));

  expectMessages(
    names.map((name): Row => {
      return [others[name] ?? `${name}: expected a tensor, got "2"`, Error, () => call(name, "2")];
    }),
  );
});

describe("every function of two operands says which dimensions do not broadcast", () => {
  expectMessages(
    binary.split(" ").map((name): Row => {
      const message = `${name}: shapes [2,3] and [2] do not broadcast: 3 (dim 1) != 2 (dim 0)`;
      return [message, ShapeError, () => call(name, ones([2, 3]), ones([2]))];
    }),
  );
});

describe("every function along a dimension says which ones there are", () => {
  const index = new Tensor(new Int32Array(6), [2, 3]);
  const rows: readonly [names: string, ...args: unknown[]][] = [
    ["cumsum cumprod cummax cummin logcumsumexp softmax logSoftmax squeeze flip flatten unbind", 9],
    [
      "sum mean prod variance std norm logsumexp any all countNonzero argmax argmin max min amax amin median",
      { dim: 9 },
    ],
    ["sort argsort diff unique", { dim: 9 }],
    ["select split chunk roll repeatInterleave", 1, 9],
    ["quantile topk", 1, { dim: 9 }],
    ["transpose movedim", 0, 9],
    ["gather", 9, index],
    ["indexSelect scatterAdd scatter", 9, index, ones([2, 3])],
    ["scatterReduce", 9, index, ones([2, 3]), "sum"],
    ["unfold", 9, 1],
    ["diagonal", 0, 9],
  ];
  expectMessages(
    rows.flatMap(([names, ...args]) =>
      names.split(" ").map((name): Row => {
        const swapped = name === "select" ? [9, 1] : args;
        const message = `${name}: dim 9 is outside -2..1 (the tensor has 2 dimensions)`;
        return [message, RangeError, () => call(name, ones([2, 3]), ...swapped)];
      }),
    ),
  );
});

describe("every function that takes a shape or a count refuses what would need too much, at once", () => {
  const x = ones([2, 3]);
  const huge = 2 ** 40;
  const index = new Tensor(new Int32Array(2), [2]);
  const calls: readonly [name: string, ...args: unknown[]][] = [
    ...["zeros", "ones", "empty", "rand", "randn"].map((name): [string, unknown[]] => [name, [huge]]),
    ["full", [huge], 1],
    ["uniform", 0, 1, [huge]],
    ["normal", 0, 1, [huge]],
    ["randint", 0, 1, [huge]],
    ["randperm", huge],
    ["eye", huge],
    ["arange", huge],
    ["linspace", 0, 1, huge],
    ["tensor", [1], { shape: [huge] }],
    ["expand", ones([1]), [huge]],
    ["broadcastTo", ones([1]), [huge]],
    ["broadcastShapes", [huge], [1]],
    ["reshape", x, [huge]],
    ["tile", x, [huge]],
    ["repeatInterleave", x, huge],
    ["oneHot", index, huge],
    ["pad", x, [0, huge]],
    ["meshgrid", Array.from({ length: 40 }, () => index)],
    ["unfold", x, 0, huge],
    ["topk", x, huge],
  ];

  expectMessages([
    [
      "zeros: 65 dimensions, more than the limit of 64",
      ShapeError,
      () => call("zeros", Array<number>(65).fill(1)),
    ],
    [
      "einsum: shape [70000,70000] has 4900000000 elements, more than the limit of 2147483647",
      ShapeError,
      () => call("einsum", "a,b->ab", ones([1]).expand([70_000]), ones([1]).expand([70_000])),
    ],
    ...["split", "chunk", "unbind"].map((name): Row => {
      const args = { split: [1], chunk: [2 ** 30], unbind: [] }[name] as number[];
      const message = `${name}: 1073741824 parts, more than the limit of 4194304`;
      return [message, RangeError, () => call(name, ones([1]).expand([2 ** 30]), ...args)];
    }),
  ]);

  test.each(calls)("%s", (name, ...args) => {
    const start = performance.now();
    expect(() => call(name, ...args)).toThrow(new RegExp(`^${name}: .*(1099511627776|more than the limit)`));
    // a machine under load may pause, but work on so many elements would take minutes
    expect(performance.now() - start).toBeLessThan(5000);
  });

  const counts = [-1, 0.5, Number.NaN, Infinity, wrong("3")] as const;
  const shaped = calls.filter(([name]) => !["arange", "meshgrid"].includes(name));

  test.each(shaped)("%s: negative, fractional, NaN, infinite, a text", (name, ...args) => {
    for (const count of counts) {
      const replaced = args.map((arg) => withCount(arg, count));
      // -1 infers or keeps a size, and a negative padding crops
      if (count === -1 && ["reshape", "expand", "pad"].includes(name)) continue;
      expect(() => call(name, ...replaced), String(count)).toThrow(new RegExp(`^${name}: `));
    }
  });

  /** An argument with another number in the place of the huge one. */
  function withCount(arg: unknown, count: unknown): unknown {
    if (arg === huge) return count;
    if (Array.isArray(arg)) return arg.map((item) => withCount(item, count));
    const isOptions = typeof arg === "object" && arg !== null && "shape" in arg && !(arg instanceof Tensor);
    return isOptions ? { shape: withCount(arg.shape, count) } : arg;
  }
});

function named(names: string, message: (name: string) => string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, message(name)]));
}
