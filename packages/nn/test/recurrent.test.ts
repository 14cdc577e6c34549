import { expectClose } from "@internal/testing";
import { GRU, GRUCell, LayerNormLSTMCell, LSTM, LSTMCell, noGrad, RNN, RNNCell, Variable } from "@rnn/nn";
import { Generator, manualSeed, Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** The elements in row-major order. */
function flat(x: Variable | Tensor): number[] {
  const { data, offset, size } = (x instanceof Tensor ? x : x.value).contiguous();
  return [...data.subarray(offset, offset + size)];
}

/** Numbers between -1 and 1 that no two places share. */
function values(shape: number[], seed = 1): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    Float64Array.from({ length: size }, (_, i) => Math.cos(seed * 7.3 + i * 1.7)),
    shape,
  );
}

/** The constructor and the parts of the state of each layer; `dtype` float64 keeps rounding out of the comparisons. */
const layers = [
  { name: "RNN", Layer: RNN, parts: ["h"] },
  { name: "LSTM", Layer: LSTM, parts: ["h", "c"] },
  { name: "GRU", Layer: GRU, parts: ["h"] },
] as const;

type AnyState = Record<string, Variable | Variable[]>;
interface AnyLayer {
  forward(
    x: Tensor | Variable,
    options?: {
      state?: AnyState | Record<string, Tensor | Tensor[]>;
      lengths?: readonly number[] | Int32Array;
    },
  ): { output: Variable; state: AnyState };
  stateDict(): Map<string, Tensor>;
  parameters(): Variable[];
  loadStateDict(dict: ReadonlyMap<string, Tensor>): unknown;
  train(mode: boolean): unknown;
}
const make = (Layer: (typeof layers)[number]["Layer"], options: object): AnyLayer =>
  new Layer({ inputSize: 3, hiddenSize: 4, dtype: "float64", ...options }) as unknown as AnyLayer;

// the same sums, gathered in another order
const summationOrder = { rtol: 1e-12, atol: 1e-13 };

describe.each(layers)("$name", ({ Layer, parts }) => {
  const zeroState = (...shape: number[]): Record<string, Tensor> =>
    Object.fromEntries(parts.map((part) => [part, zeros(shape, { dtype: "float64" })]));
  const someState = (...shape: number[]): Record<string, Tensor> =>
    Object.fromEntries(parts.map((part, i) => [part, values(shape, 5 + i)]));

  it("starts from zeros when no state is given", () => {
    const layer = make(Layer, { numLayers: 2, bidirectional: true });
    const x = values([5, 2, 3]);
    const without = layer.forward(x);
    const withZeros = layer.forward(x, { state: zeroState(4, 2, 4) });
    expect(flat(without.output)).toEqual(flat(withZeros.output));
    for (const part of parts)
      expect(flat(without.state[part] as Variable)).toEqual(flat(withZeros.state[part] as Variable));
  });

  it("gives the same for a sequence in one piece and in two with the state carried on", () => {
    const layer = make(Layer, { numLayers: 2 });
    const x = values([6, 2, 3]);
    const whole = layer.forward(x);
    const first = layer.forward(x.slice([0, 4]));
    const second = layer.forward(x.slice([4, 6]), { state: first.state });
    expectClose([...flat(first.output), ...flat(second.output)], flat(whole.output), summationOrder);
    for (const part of parts) {
      expectClose(flat(second.state[part] as Variable), flat(whole.state[part] as Variable), summationOrder);
    }
  });

  it("gives the same batch first", () => {
    const timeFirst = make(Layer, { bidirectional: true });
    const batchFirst = make(Layer, { bidirectional: true, batchFirst: true });
    batchFirst.loadStateDict(timeFirst.stateDict());
    const x = values([5, 2, 3]);
    const a = timeFirst.forward(x, { state: someState(2, 2, 4), lengths: [3, 5] });
    const b = batchFirst.forward(x.transpose(0, 1), { state: someState(2, 2, 4), lengths: [3, 5] });
    expect(b.output.shape).toEqual([2, 5, 8]);
    expect(flat(b.output.value.transpose(0, 1))).toEqual(flat(a.output));
    expect(flat(b.state.h as Variable)).toEqual(flat(a.state.h as Variable));
  });

  it("takes a sequence without a batch dimension", () => {
    const layer = make(Layer, { numLayers: 2, bidirectional: true, batchFirst: true });
    const x = values([5, 3]);
    const unbatched = layer.forward(x, { state: someState(4, 4) });
    const batched = layer.forward(x.reshape([1, 5, 3]), { state: someState(4, 1, 4) });
    expect(unbatched.output.shape).toEqual([5, 8]);
    expect(flat(unbatched.output)).toEqual(flat(batched.output));
    for (const part of parts) {
      expect((unbatched.state[part] as Variable).shape).toEqual([4, 4]);
      expect(flat(unbatched.state[part] as Variable)).toEqual(flat(batched.state[part] as Variable));
    }
  });

  it("treats each row of a ragged batch as if it were alone, in value and gradient", () => {
    const shapes = fc.record({
      lengths: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 }),
      numLayers: fc.integer({ min: 1, max: 2 }),
      bidirectional: fc.boolean(),
      batchFirst: fc.boolean(),
      bias: fc.boolean(),
    });
    fc.assert(
      fc.property(shapes, ({ lengths, ...options }) => {
        const layer = make(Layer, options);
        const depth = options.numLayers * (options.bidirectional ? 2 : 1);
        const [N, L] = [lengths.length, 5];
        const input = values([L, N, 3]);
        const x = new Variable(options.batchFirst ? input.transpose(0, 1) : input, { requiresGrad: true });
        const state = someState(depth, N, 4);
        const together = layer.forward(x, { lengths, state });
        const output = options.batchFirst ? together.output.transpose(0, 1) : together.output;
        const weight = values([L, N, output.shape[2]!], 9);
        const stateWeight = values([depth, N, 4], 11);
        output
          .mul(weight)
          .sum()
          .add((together.state.h as Variable).mul(stateWeight).sum())
          .backward();
        const gradients = layer.parameters().map((p) => flat(p.grad!));
        for (const p of layer.parameters()) p.grad = null;

        for (const [n, length] of lengths.entries()) {
          const rowOutput = output.value.select(1, n);
          expectClose(
            flat(rowOutput.slice([length, L])),
            new Array((L - length) * rowOutput.shape[1]!).fill(0),
          );
          const initial = Object.fromEntries(
            parts.map((part) => [part, state[part]!.slice(null, [n, n + 1])]),
          );
          if (length === 0) {
            for (const part of parts) {
              const final = (together.state[part] as Variable).value.select(1, n);
              expect(flat(final)).toEqual(flat(initial[part]!));
            }
            continue;
          }
          const row = new Variable(input.slice([0, length], [n, n + 1]), { requiresGrad: true });
          const alone = layer.forward(options.batchFirst ? row.transpose(0, 1) : row, { state: initial });
          const aloneOutput = options.batchFirst ? alone.output.transpose(0, 1) : alone.output;
          expectClose(flat(rowOutput.slice([0, length])), flat(aloneOutput), summationOrder);
          for (const part of parts) {
            const final = (together.state[part] as Variable).value.select(1, n);
            expectClose(flat(final), flat(alone.state[part] as Variable), summationOrder);
          }
          const term = aloneOutput.mul(weight.slice([0, length], [n, n + 1])).sum();
          term.add((alone.state.h as Variable).mul(stateWeight.slice(null, [n, n + 1])).sum()).backward();
          const dx = options.batchFirst ? x.grad!.transpose(0, 1) : x.grad!;
          expectClose(flat(dx.slice([0, length], [n, n + 1])), flat(row.grad!), summationOrder);
          expectClose(flat(dx.slice([length, L], [n, n + 1])), new Array((L - length) * 3).fill(0));
        }
        for (const [i, p] of layer.parameters().entries()) {
          expectClose(
            gradients[i]!,
            p.grad === null ? gradients[i]!.map(() => 0) : flat(p.grad),
            summationOrder,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("never reads what stands in the padding", () => {
    const layer = make(Layer, { bidirectional: true });
    const x = values([4, 2, 3]);
    const padded = x.clone();
    for (const t of [2, 3])
      padded
        .select(0, t)
        .select(0, 1)
        .data.fill(NaN, (t * 2 + 1) * 3, (t * 2 + 2) * 3);
    const run = (input: Tensor): { output: number[]; gradients: number[][] } => {
      for (const p of layer.parameters()) p.grad = null;
      const { output } = layer.forward(input, { lengths: [4, 2] });
      output.sum().backward();
      return { output: flat(output), gradients: layer.parameters().map((p) => flat(p.grad!)) };
    };
    expect(run(padded)).toEqual(run(x));
    expect(run(padded).gradients.flat().every(Number.isFinite)).toBe(true);
  });

  it("ignores the gradient of what it puts out past the end", () => {
    const layer = make(Layer, {});
    const x = new Variable(values([3, 1, 3]), { requiresGrad: true });
    const { output } = layer.forward(x, { lengths: [1] });
    output.backward(values([3, 1, 4]));
    expect(flat(x.grad!).slice(3)).toEqual(new Array(6).fill(0));
  });

  it("accepts lengths as Int32Array", () => {
    const layer = make(Layer, {});
    const x = values([4, 3, 3]);
    const a = layer.forward(x, { lengths: [1, 4, 2] });
    const b = layer.forward(x, { lengths: new Int32Array([1, 4, 2]) });
    expect(flat(a.output)).toEqual(flat(b.output));
  });

  it("takes a hidden size per layer, with a state per layer", () => {
    const layer = make(Layer, { hiddenSize: [3, 2], bidirectional: true });
    const state = Object.fromEntries(parts.map((part) => [part, [values([2, 2, 3]), values([2, 2, 2])]]));
    const { output, state: final } = layer.forward(values([5, 2, 3]), { state, lengths: [3, 5] });
    expect(output.shape).toEqual([5, 2, 4]);
    for (const part of parts) {
      expect((final[part] as Variable[]).map((s) => s.shape)).toEqual([
        [2, 2, 3],
        [2, 2, 2],
      ]);
    }
  });

  it("stacks layers of different sizes as layers in a row", () => {
    const both = make(Layer, { hiddenSize: [3, 2] });
    const lower = make(Layer, { hiddenSize: 3 });
    const upper = make(Layer, { hiddenSize: 2 });
    const entries = [...both.stateDict()];
    lower.loadStateDict(new Map(entries.filter(([name]) => name.endsWith("_l0"))));
    upper.loadStateDict(
      new Map(
        entries.flatMap(([name, t]) =>
          name.endsWith("_l1") ? [[name.replace("_l1", "_l0"), t] as const] : [],
        ),
      ),
    );
    const x = values([5, 2, 3]);
    expectClose(
      flat(both.forward(x).output),
      flat(upper.forward(lower.forward(x).output).output),
      summationOrder,
    );
  });

  it("drops between layers in training only", () => {
    const generator = new Generator(1);
    const layer = make(Layer, { numLayers: 2, dropout: 0.5, generator });
    const x = values([5, 2, 3]);
    const [first, second] = [layer.forward(x), layer.forward(x)];
    expect(flat(first.output)).not.toEqual(flat(second.output));
    layer.train(false);
    const plain = make(Layer, { numLayers: 2 });
    plain.loadStateDict(layer.stateDict());
    expect(flat(layer.forward(x).output)).toEqual(flat(plain.forward(x).output));
  });

  it("drops everything between layers with probability 1", () => {
    const layer = make(Layer, { numLayers: 2, dropout: 1 });
    const a = layer.forward(values([3, 2, 3], 1)).output;
    expect(flat(a)).toEqual(flat(layer.forward(values([3, 2, 3], 2)).output));
  });

  it("records nothing inside noGrad", () => {
    const layer = make(Layer, {});
    expect(noGrad(() => layer.forward(values([2, 1, 3]))).output.requiresGrad).toBe(false);
    expect(layer.forward(values([2, 1, 3])).output.requiresGrad).toBe(true);
  });

  it("accepts an empty batch", () => {
    const layer = make(Layer, { bidirectional: true });
    const { output, state } = layer.forward(values([3, 0, 3]));
    expect(output.shape).toEqual([3, 0, 8]);
    expect((state.h as Variable).shape).toEqual([2, 0, 4]);
  });

  it("draws the same weights from the same seed", () => {
    manualSeed(3);
    const a = make(Layer, { numLayers: 2 });
    const b = make(Layer, { numLayers: 2, generator: new Generator(3) });
    expect([...a.stateDict()].map(([, t]) => flat(t))).toEqual([...b.stateDict()].map(([, t]) => flat(t)));
    expect(Math.max(...[...a.stateDict().values()].flatMap(flat).map(Math.abs))).toBeLessThanOrEqual(0.5); // 1/√4
  });
});

describe("sizes", () => {
  it("can be read from layers and cells, under the names of their options", () => {
    const sizes = { inputSize: 3, hiddenSize: 4 };
    for (const Layer of [RNN, LSTM, GRU]) {
      expect(new Layer(sizes)).toMatchObject({ ...sizes, numLayers: 1 });
      expect(new Layer({ ...sizes, numLayers: 2 })).toMatchObject({ ...sizes, numLayers: 2 });
      const perLayer = [4, 2];
      const layer = new Layer({ inputSize: 3, hiddenSize: perLayer });
      perLayer.push(1);
      expect(layer).toMatchObject({ inputSize: 3, hiddenSize: [4, 2], numLayers: 2 });
    }
    for (const Cell of [RNNCell, LSTMCell, GRUCell, LayerNormLSTMCell]) {
      expect(new Cell(sizes)).toMatchObject(sizes);
    }
    expect(new LSTM(sizes).projSize).toBe(0);
    expect(new LSTM({ ...sizes, projSize: 2 }).projSize).toBe(2);
  });
});

describe("parameters", () => {
  it("have PyTorch's names in PyTorch's order", () => {
    const lstm = new LSTM({ inputSize: 3, hiddenSize: 4, numLayers: 2, bidirectional: true, projSize: 2 });
    const names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];
    const suffixes = ["_l0", "_l0_reverse", "_l1", "_l1_reverse"];
    expect([...lstm.stateDict().keys()]).toEqual(
      suffixes.flatMap((suffix) => names.map((name) => name + suffix)),
    );
    expect(lstm.stateDict().get("weight_ih_l1")!.shape).toEqual([16, 4]);
    expect([...new GRU({ inputSize: 3, hiddenSize: 4, bias: false }).stateDict().keys()]).toEqual([
      "weight_ih_l0",
      "weight_hh_l0",
    ]);
    expect([...new RNNCell({ inputSize: 3, hiddenSize: 4 }).stateDict().keys()]).toEqual([
      "weight_ih",
      "weight_hh",
      "bias_ih",
      "bias_hh",
    ]);
  });
});

describe.each([
  { name: "RNN", Layer: RNN, Cell: RNNCell },
  { name: "LSTM", Layer: LSTM, Cell: LSTMCell },
  { name: "GRU", Layer: GRU, Cell: GRUCell },
])("$nameCell", ({ Layer, Cell }) => {
  const options = { inputSize: 3, hiddenSize: 4, dtype: "float64" } as const;
  const cell = new Cell(options);
  const layer = new Layer(options);
  layer.loadStateDict(new Map([...cell.stateDict()].map(([name, t]) => [`${name}_l0`, t])));
  type Step = (x: Tensor, state?: Record<string, Variable>) => Record<string, Variable>;
  const step = ((x, state) => cell.forward(x, state as never)) as Step;

  it("step by step gives what the layer gives", () => {
    const x = values([4, 2, 3]);
    let state = step(x.select(0, 0));
    for (let t = 1; t < 4; t++) state = step(x.select(0, t), state);
    const { state: want } = layer.forward(x);
    for (const [part, value] of Object.entries(want)) {
      expectClose(flat(state[part]!), flat(value as Variable), summationOrder);
    }
  });

  it("takes one row without a batch dimension", () => {
    const x = values([3]);
    const state = step(x, step(x));
    const batched = step(x.reshape([1, 3]), step(x.reshape([1, 3])));
    expect(state.h!.shape).toEqual([4]);
    expect(flat(state.h!)).toEqual(flat(batched.h!));
  });
});

describe("a tensor as state", () => {
  it("does as well as a variable", () => {
    const gru = new GRU({ inputSize: 2, hiddenSize: 3 });
    const h = tensor([[[0.1, 0.2, 0.3]]]);
    const x = zeros([2, 1, 2]);
    expect(flat(gru.forward(x, { state: { h } }).output)).toEqual(
      flat(gru.forward(x, { state: { h: new Variable(h) } }).output),
    );
  });
});
