import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { Generator, randn, setBackend, Tensor, tensor } from "@rnn/tensor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { crossEntropy } from "./cross-entropy.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (Number(process.versions.node.split(".")[0]) < 22)
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const labels = (values: readonly number[]): Tensor => tensor(values, { dtype: "int32" });

/** Losses and gradient of one row at a time, as the formulas are written down, in float64. */
function definition(logits: Tensor, target: readonly number[]): { losses: number[]; gradient: number[] } {
  const [, classes] = logits.shape as [number, number];
  const losses: number[] = [];
  const gradient: number[] = [];
  for (const [row, label] of target.entries()) {
    const scores = [...logits.data.subarray(row * classes, (row + 1) * classes)];
    const most = Math.max(...scores);
    const sum = scores.reduce((total, x) => total + Math.exp(x - most), 0);
    losses.push(label < 0 ? 0 : Math.log(sum) + most - scores[label]!);
    for (const [c, x] of scores.entries()) {
      gradient.push(label < 0 ? 0 : Math.exp(x - most) / sum - Number(c === label));
    }
  }
  return { losses, gradient };
}

describe.each(["js", "wasm-simd", "wasm-fma"] as const)("softmax and cross-entropy on %s", (name) => {
  beforeAll(() => setBackend(name));
  afterAll(() => setBackend("auto"));

  // rows that end inside a vector, sums longer than one stretch, more rows than one piece
  it.each([
    [1, 1],
    [3, 2],
    [2, 5],
    [7, 19],
    [40, 1027],
    [90, 4100],
    [2, 70_001],
  ])("agrees with the definition for %i rows of %i classes", (rows, classes) => {
    const generator = new Generator(rows * classes);
    const logits = variable(randn([rows, classes], { generator }).mul(3), { requiresGrad: true });
    const target = Array.from({ length: rows }, (_, row) => (row % 5 === 1 ? -1 : (row * 31) % classes));
    const { losses, gradient } = definition(logits.value, target);
    const loss = crossEntropy(logits, labels(target), { ignoreIndex: -1, reduction: "none" });
    loss.sum().backward();
    expectClose(loss.value.data, losses, { rtol: 1e-6, atol: 1e-6 });
    expectClose(logits.grad!.data, gradient, { rtol: 2e-6, atol: 2e-7 });
  });

  it("computes rows that do not start at the beginning of their memory", () => {
    const data = Float32Array.from({ length: 601 }, (_, i) => Math.sin(i));
    const part = new Tensor(data, [2, 200], { offset: 201 });
    const { losses } = definition(new Tensor(data.slice(201), [2, 200]), [4, 199]);
    expectClose(crossEntropy(part, labels([4, 199]), { reduction: "none" }).value.data, losses);
  });

  it("keeps what is not finite in its row, and out of the gradient of ignored rows", () => {
    const rows = [0, 1, 2, 3, 4].map(() => new Float32Array(300).fill(1));
    rows[0]![7] = Number.NaN;
    rows[1]![299] = Number.POSITIVE_INFINITY;
    rows[2]![3] = Number.NEGATIVE_INFINITY;
    rows[3]![150] = Number.NaN;
    const logits = variable(tensor(rows.map((row) => [...row])), { requiresGrad: true });
    const loss = crossEntropy(logits, labels([0, 1, 2, -100, 4]), { reduction: "none" });
    loss.sum().backward();
    expect([...loss.value.data].map(Number.isFinite)).toEqual([false, false, true, true, true]);
    const gradients = [0, 1, 2, 3, 4].map((row) => logits.grad!.select(0, row).sum().item());
    expect(gradients.map(Number.isFinite)).toEqual([false, false, true, true, true]);
    expect(logits.grad!.select(0, 3).abs().sum().item()).toBe(0);
    expectClose(loss.value.data.subarray(4), [Math.log(300)]);
  });

  it("does not overflow where exponentials would", () => {
    const logits = tensor([Array.from({ length: 200 }, (_, i) => (i === 5 ? 1e20 : -1e20))]);
    expect(crossEntropy(logits, labels([5])).item()).toBe(0);
  });
});
