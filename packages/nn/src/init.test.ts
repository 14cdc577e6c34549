import { expectClose } from "@internal/testing";
import { eye, Generator, ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { Parameter } from "./autograd/parameter.ts";
import { erf, erfInverse } from "./init/error-function.ts";
import { orthonormalColumns } from "./init/orthonormal.ts";
import * as init from "./init.ts";

const seeded = (): { generator: Generator } => ({ generator: new Generator(11) });
const deviation = (t: Tensor): number => Math.sqrt([...t.data].reduce((sum, x) => sum + x * x, 0) / t.size);

describe("initialisers", () => {
  it("fill a parameter or tensor in place, or a new tensor", () => {
    const parameter = new Parameter(zeros([2, 3]));
    const filled = init.uniform(parameter, 1, 2, seeded());
    expect(filled).toBe(parameter.value);
    expect(init.uniform([2, 3], 1, 2, seeded()).toArray()).toEqual(filled.toArray());
    expect(init.uniform(zeros([2, 3]), 1, 2, seeded()).toArray()).toEqual(filled.toArray());
    expect(init.normal([2], 0, 1, { dtype: "float64" }).dtype).toBe("float64");
  });

  it("stay inside their bounds", () => {
    const inside = (t: Tensor, low: number, high: number): boolean =>
      t.data.every((x) => x >= low && x <= high);
    expect(inside(init.uniform([1000], -0.5, 0.25), -0.5, 0.25)).toBe(true);
    expect(inside(init.truncNormal([1000], { mean: 1, std: 3, low: 0, high: 2 }), 0, 2)).toBe(true);
    expect(inside(init.xavierUniform([30, 20]), -Math.sqrt(6 / 50), Math.sqrt(6 / 50))).toBe(true);
    expect(
      inside(init.kaimingUniform([30, 20], { a: Math.sqrt(5) }), -1 / Math.sqrt(20), 1 / Math.sqrt(20)),
    ).toBe(true);
  });

  it("have the stated deviations", () => {
    const close = (t: Tensor, want: number): void =>
      expectClose([deviation(t)], [want], { rtol: 0.03, atol: 0 });
    close(init.normal([100, 100], 0, 0.3, seeded()), 0.3);
    close(init.xavierNormal([100, 200], { gain: 2, ...seeded() }), 2 * Math.sqrt(2 / 300));
    close(init.kaimingNormal([100, 20, 5], seeded()), Math.sqrt(2 / 100));
    close(
      init.kaimingNormal([100, 20, 5], { mode: "fanOut", nonlinearity: "tanh", ...seeded() }),
      5 / 3 / Math.sqrt(500),
    );
    close(init.truncNormal([100, 100], { low: -50, high: 50, ...seeded() }), 1);
  });

  it("make rows or columns orthonormal, whichever are fewer", () => {
    for (const shape of [
      [4, 4],
      [3, 7],
      [7, 3],
      [2, 3, 2],
    ]) {
      const w = init.orthogonal(shape, { gain: 2, dtype: "float64" });
      const matrix = w.reshape([w.shape[0] as number, -1]);
      const [rows = 0, columns = 0] = matrix.shape;
      const product =
        rows <= columns ? matrix.matmul(matrix.transpose(0, 1)) : matrix.transpose(0, 1).matmul(matrix);
      // 1e-14: a few roundings per reflection
      expectClose(product.data, eye(Math.min(rows, columns)).mul(4).data, { rtol: 1e-14, atol: 1e-14 });
    }
  });

  it("factor a matrix with a positive diagonal, which makes the factors unique", () => {
    const [m, n] = [5, 3];
    const a = init.normal([m, n], 0, 1, { dtype: "float64", ...seeded() });
    const q = tensor(orthonormalColumns(a.data as Float64Array, m, n), { shape: [m, n] });
    const r = q.transpose(0, 1).matmul(a).toArray() as number[][];
    for (let i = 0; i < n; i++) {
      expect(r[i]?.[i]).toBeGreaterThan(0);
      expectClose(r[i]?.slice(0, i) ?? [], new Array(i).fill(0), { rtol: 0, atol: 1e-14 });
    }
  });

  it("know the gains of activations", () => {
    const gains = ["linear", "sigmoid", "tanh", "relu", "leakyRelu", "selu"] as const;
    expectClose(
      gains.map((name) => init.gain(name)),
      [1, 1, 5 / 3, Math.SQRT2, Math.sqrt(2 / 1.0001), 0.75],
    );
  });

  it("say what does not fit", () => {
    expect(() => init.xavierUniform([3])).toThrow(
      new ShapeError("init.xavierUniform: needs at least two dimensions, got shape [3]"),
    );
    expect(() => init.kaimingNormal([3])).toThrow(
      new ShapeError("init.kaimingNormal: needs at least two dimensions, got shape [3]"),
    );
    expect(() => init.orthogonal([3])).toThrow(
      new ShapeError("init.orthogonal: needs at least two dimensions, got shape [3]"),
    );
    expect(() => init.eye([3])).toThrow(new ShapeError("init.eye: needs two dimensions, got shape [3]"));
    expect(() => init.gain("gelu" as "relu")).toThrow(
      new RangeError('init.gain: unknown nonlinearity "gelu"'),
    );
    expect(() => init.constant(zeros([2, 3]).transpose(0, 1), 1)).toThrow(
      new ShapeError("init: the tensor is a view that is not contiguous; fill its source"),
    );
  });
});

describe("the error function", () => {
  it("has the values of the tables", () => {
    // Abramowitz & Stegun, table 7.1
    expectClose(
      [0, 0.5, 1, 2, -1, 7].map(erf),
      [0, 0.5204998778130465, 0.8427007929497149, 0.9953222650189527, -0.8427007929497149, 1],
      {
        rtol: 1e-15,
        atol: 0,
      },
    );
  });

  it("is undone by its inverse", () => {
    const ys = [-0.999, -0.5, -1e-9, 0, 1e-3, 0.3, 0.9, 0.99999];
    expectClose(
      ys.map((y) => erf(erfInverse(y))),
      ys,
      { rtol: 1e-14, atol: 1e-16 },
    );
    expect([erfInverse(1), erfInverse(-1)]).toEqual([Infinity, -Infinity]);
  });
});
