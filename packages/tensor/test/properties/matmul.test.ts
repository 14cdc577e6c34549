import { expectClose } from "@internal/testing";
import { flip, Generator, matmul, rand, sum, Tensor, transpose } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { broadcastable } from "./shapes.ts";

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
