import { expectClose, tolerances } from "@internal/testing";
import { GRU, LSTM, RNN, Variable } from "@rnn/nn";
import { Generator, ones, randn, type Tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

type AnyLayer = LSTM;
const sizes = { inputSize: 5, hiddenSize: 6 };
const numbers = (x: Variable | Tensor): number[] => {
  const { data, offset, size } = (x instanceof Variable ? x.value : x).contiguous();
  return [...data.subarray(offset, offset + size)];
};
const x = randn([4, 3, 5], { generator: new Generator(1) });

describe.each([
  { name: "RNN", Layer: RNN },
  { name: "LSTM", Layer: LSTM },
  { name: "GRU", Layer: GRU },
])("$name", ({ Layer }) => {
  const make = (options: object): AnyLayer =>
    new Layer({ ...sizes, generator: new Generator(2), ...options }) as unknown as AnyLayer;
  const twin = (layer: AnyLayer, options: object = {}): AnyLayer => {
    const other = make(options);
    other.loadStateDict(layer.stateDict());
    return other;
  };

  it.each(["inputDropout", "recurrentDropout"])("%s acts in training only", (option) => {
    const layer = make({ [option]: 0.5, numLayers: 2, bidirectional: true });
    const want = twin(layer, { numLayers: 2, bidirectional: true }).forward(x);
    expect(numbers(layer.forward(x).output)).not.toEqual(numbers(want.output));
    expect(numbers(layer.eval().forward(x).output)).toEqual(numbers(want.output));
    layer.train();
    expect(numbers(layer.forward(x).output)).not.toEqual(numbers(layer.forward(x).output));
  });

  it("inputDropout drops a feature in all steps of a row or in none, and scales the others", () => {
    const layer = make({ inputDropout: 0.5 });
    const input = new Variable(ones([4, 3, 5]), { requiresGrad: true });
    layer
      .forward(input, { lengths: [4, 4, 2] })
      .output.sum()
      .backward();
    const isKept = (t: number): boolean[] => numbers(input.grad!.select(0, t)).map((dx) => dx !== 0);
    expect(isKept(1)).toEqual(isKept(0));
    expect(isKept(3).slice(0, 10)).toEqual(isKept(0).slice(0, 10));
    expect(isKept(3).slice(10)).toEqual(new Array(5).fill(false)); // past the end
    expect(new Set(isKept(0)).size).toBe(2);
    const row = (n: number): string =>
      isKept(0)
        .slice(n * 5, n * 5 + 5)
        .join();
    expect(new Set([row(0), row(1), row(2)]).size).toBeGreaterThan(1);
  });

  it("recurrentDropout of 1 cuts every step off from the one before", () => {
    const layer = make({ recurrentDropout: 1 });
    const cut = twin(layer);
    cut.stateDict().get("weight_hh_l0")!.data.fill(0);
    const got = layer.forward(x, { lengths: [2, 4, 0] });
    const want = cut.forward(x, { lengths: [2, 4, 0] });
    expectClose(numbers(got.output), numbers(want.output), { rtol: 1e-6, atol: 1e-6 });
    expectClose(numbers(got.state.h), numbers(want.state.h), { rtol: 1e-6, atol: 1e-6 });
  });

  it("recurrentDropout shows in the trace what was computed", () => {
    const layer = make({ recurrentDropout: 0.5, dtype: "float64" });
    const { trace, state } = layer.forward(x.to("float64"), { trace: true });
    const { h, c, o } = trace[0]![0]! as Partial<(typeof trace)[0][0]>;
    if (c !== undefined && o !== undefined) {
      const last = (y: Tensor): Tensor => y.select(0, 3);
      expectClose(numbers(last(o).mul(last(c).tanh())), numbers(last(h!)), { rtol: 1e-12, atol: 1e-12 });
      expectClose(numbers(last(c)), numbers(state.c), { rtol: 1e-12, atol: 1e-12 });
    }
    expect(numbers(h!.select(0, 3))).toEqual(numbers(state.h));
  });

  it("recurrentDropout is the same in float32 at sizes for SIMD", () => {
    const options = { inputSize: 16, hiddenSize: 24, recurrentDropout: 0.5, bidirectional: true };
    const [drawsOfDouble, drawsOfSingle] = [new Generator(2), new Generator(2)];
    const double = make({ ...options, dtype: "float64", generator: drawsOfDouble });
    const single = twin(double, { ...options, generator: drawsOfSingle });
    const input = randn([6, 10, 16], { generator: new Generator(5) });
    drawsOfDouble.manualSeed(9); // the same masks
    drawsOfSingle.manualSeed(9);
    const want = double.forward(input.to("float64"));
    const got = single.forward(input);
    want.output.sum().backward();
    got.output.sum().backward();
    expectClose(numbers(got.output), numbers(want.output), { rtol: 1e-5, atol: 2e-6 });
    const gradients = double.parameters().map(({ grad }) => numbers(grad!));
    single.parameters().forEach(({ grad }, i) => {
      expectClose(numbers(grad!), gradients[i]!, tolerances.gradient.float32);
    });
  });

  it("trains with everything on", () => {
    const layer = make({
      numLayers: 2,
      bidirectional: true,
      dropout: 0.2,
      inputDropout: 0.2,
      recurrentDropout: 0.2,
    });
    layer
      .forward(x, { lengths: [1, 4, 3] })
      .output.sum()
      .backward();
    for (const { grad } of layer.parameters()) expect(numbers(grad!).every(Number.isFinite)).toBe(true);
  });

  it("refuses what is not a probability", () => {
    const { name } = Layer;
    expect(() => make({ inputDropout: -0.1 })).toThrow(
      new RangeError(`${name}: inputDropout must be between 0 and 1, got -0.1`),
    );
    expect(() => make({ recurrentDropout: 1.5 })).toThrow(
      new RangeError(`${name}: recurrentDropout must be between 0 and 1, got 1.5`),
    );
  });
});
