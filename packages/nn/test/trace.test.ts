import { expectClose } from "@internal/testing";
import { GRU, GRUCell, LSTM, LSTMCell, RNN, RNNCell, Variable } from "@rnn/nn";
import { sigmoid, Tensor, tanh } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Numbers between -1 and 1 that no two places share. */
function values(shape: number[], seed = 1): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    Float64Array.from({ length: size }, (_, i) => Math.cos(seed * 7.3 + i * 1.7)),
    shape,
  );
}

const flat = (x: Tensor): number[] => {
  const { data, offset, size } = x.contiguous();
  return [...data.subarray(offset, offset + size)];
};

type Values = Record<string, Tensor>;
type Weights = (name: string) => Tensor;

/** `W_ih x + b_ih` and `W_hh h + b_hh`, cut into the gates. */
function sums(weights: Weights, x: Tensor, h: Tensor, gates: number): [Tensor[], Tensor[]] {
  const cut = (y: Tensor): Tensor[] => y.chunk(gates, -1);
  return [
    cut(x.matmul(weights("weight_ih").transpose(0, 1)).add(weights("bias_ih"))),
    cut(h.matmul(weights("weight_hh").transpose(0, 1)).add(weights("bias_hh"))),
  ];
}

const gatesOf: Record<string, (weights: Weights, x: Tensor, h: Tensor) => Values> = {
  RNN: () => ({}),
  LSTM(weights, x, h) {
    const [fromX, fromH] = sums(weights, x, h, 4);
    const [i, f, g, o] = fromX.map((part, k) => part.add(fromH[k]!)) as [Tensor, Tensor, Tensor, Tensor];
    return { i: sigmoid(i), f: sigmoid(f), g: tanh(g), o: sigmoid(o) };
  },
  GRU(weights, x, h) {
    const [[xr, xz, xn], [hr, hz, hn]] = sums(weights, x, h, 3) as [
      [Tensor, Tensor, Tensor],
      [Tensor, Tensor, Tensor],
    ];
    const r = sigmoid(xr.add(hr));
    return { r, z: sigmoid(xz.add(hz)), n: tanh(xn.add(r.mul(hn))) };
  },
};

interface AnyLayer {
  forward(
    x: Tensor,
    options: object,
  ): { output: Variable; state: Record<string, Variable>; trace: Values[][] };
  stateDict(): Map<string, Tensor>;
}
interface AnyCell {
  forward(x: Tensor, state?: Record<string, Variable>): Record<string, Variable>;
  loadStateDict(dict: Map<string, Tensor>): unknown;
}

// the same sums, gathered in another order
const summationOrder = { rtol: 1e-12, atol: 1e-13 };

describe.each([
  { name: "RNN", Layer: RNN, Cell: RNNCell, parts: ["h"] },
  { name: "LSTM", Layer: LSTM, Cell: LSTMCell, parts: ["h", "c"] },
  { name: "GRU", Layer: GRU, Cell: GRUCell, parts: ["h"] },
])("trace of $name", ({ name, Layer, Cell, parts }) => {
  const sizes = { inputSize: 3, hiddenSize: 4, dtype: "float64" } as const;

  it("shows what step by step gives, of every layer and direction", () => {
    const shapes = fc.record({
      lengths: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
      numLayers: fc.integer({ min: 1, max: 2 }),
      bidirectional: fc.boolean(),
      batchFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(shapes, ({ lengths, ...options }) => {
        const layer = new Layer({ ...sizes, ...options }) as unknown as AnyLayer;
        const [L, N] = [4, lengths.length];
        const D = options.bidirectional ? 2 : 1;
        const depth = options.numLayers * D;
        const x = values([L, N, 3]);
        const initial = Object.fromEntries(parts.map((part, i) => [part, values([depth, N, 4], 5 + i)]));
        const { trace, output } = layer.forward(options.batchFirst ? x.transpose(0, 1) : x, {
          state: initial,
          lengths,
          trace: true,
        });
        const timeFirst = (y: Tensor): Tensor => (options.batchFirst ? y.transpose(0, 1) : y);
        const top = trace.at(-1)!.map(({ h }) => flat(timeFirst(h!.slice(null, null, [0, 1]))));
        const columns = top.map((_, d) =>
          flat(timeFirst(output.value.slice(null, null, [d * 4, d * 4 + 1]))),
        );
        expect(top).toEqual(columns);

        expect(trace.map((directions) => directions.length)).toEqual(new Array(options.numLayers).fill(D));
        for (let l = 0; l < options.numLayers; l++) {
          for (let d = 0; d < D; d++) {
            const suffix = `_l${l}${d === 1 ? "_reverse" : ""}`;
            const weights: Weights = (part) => layer.stateDict().get(part + suffix)!;
            const cell = new Cell({
              ...sizes,
              inputSize: weights("weight_ih").shape[1]!,
            }) as unknown as AnyCell;
            cell.loadStateDict(
              new Map(["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map((part) => [part, weights(part)])),
            );
            for (const [n, length] of lengths.entries()) {
              let state = Object.fromEntries(
                parts.map((part) => [part, new Variable(initial[part]!.select(0, l * D + d).select(0, n))]),
              );
              for (let k = 0; k < L; k++) {
                const t = d === 1 ? L - 1 - k : k;
                const at = (y: Tensor): Tensor => timeFirst(y).select(0, t).select(0, n);
                const seen = trace[l]![d]!;
                if (t >= length) {
                  for (const value of Object.values(seen)) expect(flat(at(value))).toEqual([0, 0, 0, 0]);
                  continue;
                }
                const below = l === 0 ? [x] : trace[l - 1]!.map(({ h }) => timeFirst(h!));
                const input = new Tensor(
                  Float64Array.from(below.flatMap((y) => flat(y.select(0, t).select(0, n)))),
                  [below.length * below[0]!.shape[2]!],
                );
                const want = gatesOf[name]!(weights, input, state.h!.value);
                state = cell.forward(input, state);
                for (const part of parts) want[part] = state[part]!.value;
                expect(Object.keys(seen).sort()).toEqual(Object.keys(want).sort());
                for (const part in want)
                  expectClose(flat(at(seen[part]!)), flat(want[part]!), summationOrder);
              }
            }
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it("has no batch dimension if the input has none", () => {
    const layer = new Layer(sizes) as unknown as AnyLayer;
    const { trace } = layer.forward(values([5, 3]), { trace: true });
    expect(Object.values(trace[0]![0]!).map(({ shape }) => shape)).toEqual(
      Object.values(trace[0]![0]!).map(() => [5, 4]),
    );
  });

  it("is the same in float32 at sizes for SIMD, also after the gradients", () => {
    const options = { inputSize: 16, hiddenSize: 24, bidirectional: true } as const;
    const double = new Layer({ ...options, dtype: "float64" }) as unknown as AnyLayer & {
      parameters(): unknown[];
    };
    const single = new Layer(options) as unknown as AnyLayer & { loadStateDict(dict: unknown): void };
    single.loadStateDict(double.stateDict());
    const x = values([12, 10, 16]);
    const lengths = [12, 3, 0, 7, 12, 1, 5, 12, 9, 2];
    const want = double.forward(x, { trace: true, lengths }).trace;
    const got = single.forward(x.to("float32"), { trace: true, lengths });
    got.output.sum().backward(); // buffers of the fused sequence may be used again
    single.forward(values([12, 10, 16], 2).to("float32"), {});
    want.forEach((directions, l) => {
      directions.forEach((trace, d) => {
        for (const name in trace) {
          expectClose(flat(got.trace[l]![d]![name]!), flat(trace[name]!), { rtol: 1e-5, atol: 2e-6 });
        }
      });
    });
  });

  it("is not there unless asked for", () => {
    const layer = new Layer(sizes) as unknown as AnyLayer;
    expect(Object.keys(layer.forward(values([5, 3]), {}))).toEqual(["output", "state"]);
    expect(Object.keys(layer.forward(values([5, 3]), { trace: false }))).toEqual(["output", "state"]);
  });
});

describe("trace", () => {
  it("of an LSTM with a projection has h of one size and the rest of another", () => {
    const lstm = new LSTM({ inputSize: 3, hiddenSize: 4, projSize: 2, dtype: "float64" });
    const { trace, output, state } = lstm.forward(values([5, 2, 3]), { trace: true });
    const { h, c, o } = trace[0]![0]!;
    expect([h.shape, c.shape, o.shape]).toEqual([
      [5, 2, 2],
      [5, 2, 4],
      [5, 2, 4],
    ]);
    expectClose(flat(c.select(0, 4)), flat(state.c.value), summationOrder);
    const projected = o.mul(tanh(c)).matmul(lstm.stateDict().get("weight_hr_l0")!.transpose(0, 1));
    expectClose(flat(projected), flat(output.value), summationOrder);
  });

  it("of the paper's GRU has its own candidate", () => {
    const gru = new GRU({ inputSize: 3, hiddenSize: 4, resetAfter: false, dtype: "float64" });
    const { trace, output } = gru.forward(values([3, 2, 3]), { trace: true });
    const { h, z, n } = trace[0]![0]!;
    const before = h.slice([0, 2]);
    const keep = z.slice([1, 3]);
    const next = keep
      .neg()
      .add(1)
      .mul(n.slice([1, 3]))
      .add(keep.mul(before));
    expectClose(flat(next), flat(output.value.slice([1, 3])), summationOrder);
  });
});
