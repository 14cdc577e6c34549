import * as functions from "@rnn/tensor";
import { ElementwiseMethods, Tensor, tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";

const x = tensor([
  [3, -1, 2],
  [0.5, 4, -2],
]);
const y = tensor([
  [1, 2, -3],
  [4, 0.25, 2],
]);
const index = tensor([[2, 0, 1]], { dtype: "int32" });
const mask = x.gt(0);

/** Arguments of the methods that take some; all others are called without. */
const others: Readonly<Record<string, readonly unknown[]>> = {
  to: ["float64"],
  clamp: [{ min: 0 }],
  matmul: [y.transpose(0, 1)],
  softmax: [1],
  logSoftmax: [1],
  cumsum: [1],
  reshape: [[3, 2]],
  flatten: [0],
  transpose: [0, 1],
  permute: [[1, 0]],
  unsqueeze: [1],
  squeeze: [0],
  expand: [[2, 2, 3]],
  broadcastTo: [[2, 2, 3]],
  flip: [1],
  select: [1, 2],
  indexSelect: [1, [2, 0]],
  gather: [0, index.mul(0)],
  split: [1, 1],
  chunk: [2, 1],
  maskedFill: [mask, 9],
  movedim: [0, 1],
};

/** Methods that take another operand. */
const binary =
  "add sub mul div floorDivide remainder fmod pow maximum minimum atan2 hypot eq ne lt le gt ge logicalAnd logicalOr logicalXor equal";
for (const name of binary.split(" ")) (others as Record<string, unknown[]>)[name] = [y];

const vectors: Readonly<Record<string, readonly [Tensor, Tensor]>> = {
  dot: [tensor([1, 2]), tensor([3, 4])],
  outer: [tensor([1, 2]), tensor([3, 4])],
};

/** Those that are no function of the same name, and are tested where they are made. */
const own = ["constructor", "contiguous", "clone", "to", "var", "slice"];

describe("every method is the function of the same name", () => {
  const names = [Tensor, ElementwiseMethods].flatMap((c) => Object.getOwnPropertyNames(c.prototype));

  test.each(names.filter((name) => !own.includes(name)))("%s", (name) => {
    const [self, args] = vectors[name] ? [vectors[name][0], [vectors[name][1]]] : [x, others[name] ?? []];
    type Call = (...args: readonly unknown[]) => unknown;
    const method = (self as unknown as Record<string, Call>)[name]!;
    const f = (functions as unknown as Record<string, Call>)[name]!;
    expect(plain(method.call(self, ...args))).toEqual(plain(f(self, ...args)));
    // and it is not another function that happens to give the same for these arguments
    expect(String(method)).toMatch(new RegExp(`\\b${name}\\)?\\(this\\b`));
  });

  test("max and min along a dimension too", () => {
    expect(plain(x.max({ dim: 1 }))).toEqual(plain(functions.max(x, { dim: 1 })));
    expect(plain(x.min({ dim: 0 }))).toEqual(plain(functions.min(x, { dim: 0 })));
  });

  test("var and slice differ in name and in how arguments are passed", () => {
    expect(plain(x.var({ dim: 1 }))).toEqual(plain(functions.variance(x, { dim: 1 })));
    expect(plain(x.slice(0, [1]))).toEqual(plain(functions.slice(x, [0, [1]])));
  });
});

/** Tensors, alone, in lists or by names, as what is in them. */
function plain(result: unknown): unknown {
  if (result instanceof Tensor) return [result.dtype, result.shape, result.toArray()];
  if (Array.isArray(result)) return result.map(plain);
  if (typeof result !== "object" || result === null) return result;
  return Object.fromEntries(Object.entries(result).map(([name, part]) => [name, plain(part)]));
}
