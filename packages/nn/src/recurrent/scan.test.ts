import { expectClose } from "@internal/testing";
import { ShapeError, Tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Variable } from "../autograd/variable.ts";
import { GRU } from "../layers/gru.ts";
import { GRUCell } from "../layers/gru-cell.ts";
import { LSTM } from "../layers/lstm.ts";
import { LSTMCell } from "../layers/lstm-cell.ts";
import { RNN } from "../layers/rnn.ts";
import { RNNCell } from "../layers/rnn-cell.ts";
import type { Module } from "../module.ts";
import { scan } from "./scan.ts";

/** Numbers between -1 and 1 that no two places share. */
function values(shape: number[], seed = 1): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    Float64Array.from({ length: size }, (_, i) => Math.cos(seed * 7.3 + i * 1.7)),
    shape,
  );
}

const flat = (x: Variable | Tensor): number[] => {
  const { data, offset, size } = (x instanceof Variable ? x.value : x).contiguous();
  return [...data.subarray(offset, offset + size)];
};

// the same sums, gathered in another order
const summationOrder = { rtol: 1e-12, atol: 1e-13 };

type AnyState = { readonly h: Variable } & Readonly<Record<string, Variable>>;
const kinds = [
  { name: "RNN", Layer: RNN, Cell: RNNCell, parts: ["h"] },
  { name: "LSTM", Layer: LSTM, Cell: LSTMCell, parts: ["h", "c"] },
  { name: "GRU", Layer: GRU, Cell: GRUCell, parts: ["h"] },
] as const;

describe.each(kinds)("scan of $nameCell", ({ Layer, Cell, parts }) => {
  const options = { inputSize: 3, hiddenSize: 4, dtype: "float64" } as const;
  const cell = new Cell(options) as unknown as Module & { forward(x: Variable, state?: AnyState): AnyState };
  const layer = new Layer(options) as unknown as Module & {
    forward(x: Variable, options: object): { output: Variable; state: AnyState };
  };
  layer.loadStateDict(new Map([...cell.stateDict()].map(([name, t]) => [`${name}_l0`, t])));

  it("gives values and gradients of the layer, for rows of any lengths", () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lengths, fc.boolean(), (lengths, hasState) => {
        const N = lengths.length;
        const x = new Variable(values([4, N, 3]), { requiresGrad: true });
        const initial = Object.fromEntries(
          parts.map((part, i) => [part, new Variable(values([N, 4], 5 + i))]),
        );
        const run = (result: { output: Variable; state: AnyState }): number[][] => {
          x.grad = null;
          layer.zeroGrad();
          cell.zeroGrad();
          result.output
            .mul(values([4, N, 4], 9))
            .sum()
            .add(result.state.h.mul(values([N, 4], 11)).sum())
            .backward();
          const parameters = [...cell.parameters(), ...layer.parameters()].filter(
            ({ grad }) => grad !== null,
          );
          const states = parts.map((part) => result.state[part]!);
          return [result.output, ...states, x.grad!, ...parameters.map(({ grad }) => grad!)].map(flat);
        };
        const packed = Object.fromEntries(parts.map((part) => [part, initial[part]!.unsqueeze(0)]));
        const want = run(layer.forward(x, { lengths, ...(hasState ? { state: packed } : {}) }));
        const got = run(scan(cell, x, hasState ? (initial as AnyState) : undefined, { lengths }));
        // with no step at all, nothing reaches the parameters of the cell
        if (lengths.every((length) => length === 0)) want.splice(parts.length + 2);
        want.slice(0, got.length).forEach((numbers, i) => {
          expectClose(got[i]!, numbers, summationOrder);
        });
      }),
      { numRuns: 30 },
    );
  });

  it("runs backwards like the second direction of the layer", () => {
    const both = new Layer({ ...options, bidirectional: true }) as unknown as typeof layer;
    both.loadStateDict(
      new Map(
        [...cell.stateDict()].flatMap(([name, t]) => [
          [`${name}_l0`, t],
          [`${name}_l0_reverse`, t],
        ]),
      ),
    );
    const x = new Variable(values([4, 3, 3]));
    const { output, state } = scan(cell, x, undefined, { lengths: [2, 4, 0], reverse: true });
    const want = both.forward(x, { lengths: [2, 4, 0] });
    expectClose(flat(output), flat(want.output.slice(null, null, [4, 8])), summationOrder);
    expectClose(flat(state.h), flat(want.state.h.select(0, 1)), summationOrder);
  });
});

describe("scan", () => {
  const addUp = (x: Variable, state?: { h: Variable }): { h: Variable } => ({
    h: state ? state.h.add(x) : x,
  });

  it("takes a function, and a sequence without a batch", () => {
    const { output, state } = scan(addUp, new Tensor(new Float32Array([1, 2, 3]), [3]));
    expect(flat(output)).toEqual([1, 3, 6]);
    expect(state.h.item()).toBe(6);
  });

  it("takes steps and states of any number of dimensions", () => {
    const x = values([3, 2, 2, 2]);
    const { output, state } = scan(addUp, x, undefined, { lengths: [3, 1] });
    expect(output.shape).toEqual([3, 2, 2, 2]);
    expect(flat(output.select(1, 1).slice([1, 3]))).toEqual(new Array(8).fill(0));
    expect(flat(state.h.select(0, 1))).toEqual(flat(x.select(0, 0).select(0, 1)));
  });

  it("never computes with what stands in the padding", () => {
    const data = new Float64Array([1, 2, 3, NaN]);
    const x = new Variable(new Tensor(data, [2, 2]), { requiresGrad: true });
    const { output, state } = scan(addUp, x, undefined, { lengths: [2, 1] });
    output.sum().add(state.h.sum()).backward();
    expect(flat(output)).toEqual([1, 2, 4, 0]);
    expect(flat(x.grad!)).toEqual([3, 2, 2, 0]);
  });

  it("steps through token ids", () => {
    const ids = new Tensor(new Int32Array([3, 4, 5, 6]), [2, 2]);
    expect(flat(scan(addUp, ids, undefined, { lengths: [1, 2] }).state.h)).toEqual([3, 10]);
  });

  it("says what does not fit", () => {
    expect(() => scan(addUp, zeros([]))).toThrow(
      new ShapeError("scan: input has no time dimension (input shape [])"),
    );
    expect(() => scan(addUp, zeros([0, 3]))).toThrow(
      new ShapeError("scan: input has no time steps (input shape [0,3])"),
    );
    expect(() => scan(addUp, zeros([3]), undefined, { lengths: [3] })).toThrow(
      new ShapeError("scan: lengths need an input [L, N, ...], got shape [3]"),
    );
    expect(() => scan(addUp, zeros([3, 2]), undefined, { lengths: [3] })).toThrow(
      new ShapeError("scan: lengths has 1 entries, but the batch has 2 rows (input shape [3,2])"),
    );
    expect(() => scan(addUp, zeros([3, 2]), undefined, { lengths: [4, 0] })).toThrow(
      new RangeError("scan: lengths[0] must be an integer from 0 to 3, the number of steps, got 4"),
    );
    expect(() => scan((x: Variable) => x as never, zeros([3, 2]))).toThrow(
      new TypeError("scan: the cell must return a state with a variable h: { h } or { h, ... }"),
    );
  });
});
