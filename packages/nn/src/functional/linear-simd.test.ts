import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { Generator, randn, setBackend, type Tensor } from "@rnn/tensor";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Variable, variable } from "../autograd/variable.ts";
import { linear } from "./linear.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (Number(process.versions.node.split(".")[0]) < 22)
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

interface Run {
  readonly y: Tensor;
  /** Of input, weight and bias; `null` for those that need none. */
  readonly gradients: readonly (Tensor | null)[];
}

function run(values: readonly Tensor[], needed: readonly boolean[], dy: Tensor): Run {
  const inputs = values.map((value, i) => variable(value, { requiresGrad: needed[i] }));
  const [x, weight, bias = null] = inputs as [Variable, Variable, Variable | undefined];
  const y = linear(x, weight, bias);
  if (y.requiresGrad) y.backward(dy);
  return { y: y.value, gradients: inputs.map(({ grad }) => grad) };
}

describe.each(["js", "wasm-simd", "wasm-fma"] as const)("linear on %s", (name) => {
  beforeAll(() => setBackend(name));
  afterAll(() => setBackend("auto"));

  // single rows, sizes beside those of vectors and tiles, several pieces on the way out, several on the way back
  it.each([
    [1, 3, 2],
    [1, 50, 90],
    [4, 65, 33],
    [33, 31, 70],
    [300, 4100, 5],
    [1100, 4100, 3],
  ])("agrees with float64 for %i rows, %i outputs and %i inputs", (rows, n, k) => {
    const generator = new Generator(rows + n + k);
    const values = [[rows, k], [n, k], [n]].map((shape) => randn(shape, { generator }));
    const dy = randn([rows, n], { generator });
    const isLarge = rows * n > 1e5;
    for (const needed of [
      [true, true, true],
      [true, false, false],
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ]) {
      if (isLarge && needed.includes(false)) continue;
      for (const operands of isLarge ? [values] : [values, values.slice(0, 2)]) {
        const fast = run(operands, needed, dy);
        const exact = run(
          operands.map((value) => value.to("float64")),
          needed,
          dy.to("float64"),
        );
        expectClose(fast.y.data, exact.y.data, { rtol: 1e-5, atol: 1e-5 });
        for (const [i, gradient] of fast.gradients.entries()) {
          // sums of up to 4,100 terms of size 1
          if (gradient !== null)
            expectClose(gradient.data, exact.gradients[i]!.data, { rtol: 1e-5, atol: 1e-4 });
        }
      }
    }
  });
});
