import { Tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { add } from "../functional/add.ts";
import { crossEntropy } from "../functional/cross-entropy.ts";
import { linear } from "../functional/linear.ts";
import { reshape } from "../functional/reshape.ts";
import { lendFloats, returnFloats, takeFloats } from "../memory/buffer-pool.ts";
import { gradientUse, record } from "./record.ts";
import { type Variable, variable } from "./variable.ts";

const SIZE = 40_000;
const leaf = (): Variable => variable(zeros([SIZE]), { requiresGrad: true });

/** An operation whose gradient for `x` is in lent memory, filled with `value`. */
function lender(x: Variable, value: number, used: Float32Array[]): Variable {
  return record("lender", [x], zeros([]), () => {
    const floats = lendFloats(x.size).fill(value);
    used.push(floats);
    return [new Tensor(floats, x.shape)];
  });
}

/** An operation that doubles, and may say that it only reads its gradient. */
function double(x: Variable, use: "any" | "read"): Variable {
  const result = record("double", [x], x.value.mul(2), (dy) => [dy.mul(2)]);
  return use === "read" ? gradientUse("read", result) : result;
}

/** Which of these arrays wait to be used again. */
function areFree(arrays: readonly Float32Array[]): boolean[] {
  const waiting = new Set(Array.from({ length: 9 }, () => takeFloats(SIZE).buffer));
  return arrays.map(({ buffer }) => waiting.has(buffer as ArrayBuffer));
}

describe("the memory of a gradient", () => {
  it("is used again once an operation has read it, also through views", () => {
    for (const through of [(x: Variable) => x, (x: Variable) => reshape(reshape(x, [2, -1]), [SIZE])]) {
      const used: Float32Array[] = [];
      const x = leaf();
      lender(through(double(x, "read")), 3, used).backward();
      expect(x.grad!.data.every((g) => g === 6)).toBe(true);
      expect(areFree(used)).toEqual([true]);
    }
  });

  it("is not, if an operation may have kept it or passed it on twice", () => {
    const used: Float32Array[] = [];
    const x = leaf();
    lender(double(x, "any"), 3, used).backward();
    const [a, b] = [leaf(), leaf()];
    lender(add(double(a, "read"), double(b, "read")), 5, used).backward();
    expect([a, b].map(({ grad }) => grad!.data.every((g) => g === 10))).toEqual([true, true]);
    expect(areFree(used)).toEqual([false, false]);
  });

  it("takes up what else arrives at the same result, whose memory is used again", () => {
    const used: Float32Array[] = [];
    const x = leaf();
    const doubled = double(x, "read");
    const far = reshape(doubled, [2, -1]); // arrives last, as a view
    const sum = add(add(lender(doubled, 3, used), lender(doubled, 5, used)), lender(far, 7, used));
    sum.backward();
    expect(x.grad!.data.every((g) => g === 30)).toBe(true);
    expect(areFree(used)).toEqual([true, true, true]);
  });

  it("belongs to a leaf that it has come to, for good", () => {
    const used: Float32Array[] = [];
    const x = leaf();
    lender(x, 3, used).backward();
    const y = leaf();
    double(y, "read").backward(x.grad!); // x.grad is read here, and still belongs to x
    expect(areFree(used)).toEqual([false]);
    expect(x.grad!.data[0]).toBe(3);
  });

  it("is copied for a result that keeps its gradient", () => {
    const used: Float32Array[] = [];
    const x = leaf();
    const doubled = double(x, "read").retainGrad();
    lender(doubled, 3, used).backward();
    takeFloats(SIZE).fill(9);
    expect(doubled.grad!.data.every((g) => g === 3)).toBe(true);
  });

  it("of a part of a sequence has zeros around it, whatever was there before", () => {
    takeFloats(SIZE); // what others left
    returnFloats(new Float32Array(SIZE).fill(7));
    const x = variable(zeros([200, 200]), { requiresGrad: true });
    double(x, "read").select(0, 3).sum().backward();
    expect(x.grad!.sum().item()).toBe(400);
  });

  it("of a loss over a linear layer is the same in every step", () => {
    const weight = variable(zeros([300, 20]), { requiresGrad: true });
    const x = variable(new Tensor(Float32Array.from({ length: 2000 }, Math.sin), [100, 20]));
    const target = new Tensor(
      Int32Array.from({ length: 100 }, (_, i) => i),
      [100],
    );
    const gradients = [1, 2, 3].map(() => {
      weight.grad = null;
      crossEntropy(linear(x, weight), target).backward();
      return [...weight.grad!.data];
    });
    expect(gradients[1]).toEqual(gradients[0]);
    expect(gradients[2]).toEqual(gradients[0]);
  });
});
