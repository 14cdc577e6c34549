import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { afterEach, expect, test } from "vitest";
import { tensor } from "../from.ts";
import { type Backend, setBackend } from "../kernels/backend.ts";
import { hasRelaxedSimd } from "../kernels/simd.ts";
import type { Tensor } from "../tensor.ts";
import { sigmoid } from "./activation.ts";
import { add, maximum, sub } from "./arithmetic.ts";
import { div } from "./div.ts";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (!hasRelaxedSimd()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

const x = tensor(
  Float32Array.from({ length: 40 * 300 }, (_, i) => Math.sin(i)),
  { shape: [40, 300] },
);

/** Left and right operands of one shape, or of shapes that broadcast. */
const operands: Record<string, readonly [Tensor, Tensor | number]> = {
  "the same shape": [x, x.mul(2)],
  "a number": [x, 0.3],
  "a row": [x, x.select(0, 3)],
  "a row on the left": [x.select(0, 3).clone(), x],
  "a column": [x, x.slice(null, [7, 8])],
  "a column on the left": [x.slice(null, [7, 8]), x],
  "rows of a slice": [x.slice(null, [20, 250]), x.slice(null, [1, 231])],
  "every second element": [x.slice(null, [null, null, 2]), x.slice(null, [0, 150])],
  transposed: [x.transpose(0, 1), x.select(0, 0).unsqueeze(1)],
  "a row and a column": [x.select(0, 5).clone(), x.slice(null, [0, 1]).clone()],
  "a dimension in between": [x.reshape([4, 10, 300]), x.slice([0, 4]).unsqueeze(1)],
  "float64 beside": [x, x.to("float64")],
};

afterEach(() => setBackend("auto"));

for (const backend of ["wasm-simd", "wasm-fma"] satisfies Backend[]) {
  test.each(Object.keys(operands))(
    `${backend}: arithmetic with %s is that of plain loops, bit for bit`,
    (name) => {
      const [a, b] = operands[name]!;
      for (const operation of [add, sub, maximum, div]) {
        const [want, got] = (["js", backend] as const).map((each) => {
          setBackend(each);
          return operation(a, b);
        }) as [Tensor, Tensor];
        expect(got.shape).toEqual(want.shape);
        expect(got.data).toEqual(want.data);
      }
    },
  );

  test(`${backend}: functions of views are those of their elements`, () => {
    for (const view of [x, x.slice(null, [20, 250]), x.flip(1), x.transpose(0, 1), x.select(1, 2)]) {
      setBackend(backend);
      expectClose(
        sigmoid(view).data,
        view.clone().data.map((value) => 1 / (1 + Math.exp(-value))),
      );
    }
  });
}
