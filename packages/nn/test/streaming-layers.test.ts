import v8 from "node:v8";
import { expectClose } from "@internal/testing";
import { GRU, LSTM, type Module, noGrad, RNN, Streaming, type Variable } from "@rnn/nn";
import { Generator, randn, ShapeError, setBackend, type Tensor, tensor, zeros } from "@rnn/tensor";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

// Node 20 has relaxed SIMD behind a flag, which may be set until the first module that needs it is compiled
if (Number(process.versions.node.split(".")[0]) < 22)
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

/** A layer as these tests use it, whatever its state is called. */
interface Layer extends Module {
  forward(x: Tensor, options?: { state?: State | undefined }): { output: Variable; state: State };
}
type State = { h: Variable; c?: Variable };

const layers: [string, () => Module][] = [
  ["RNN", () => new RNN({ inputSize: 5, hiddenSize: 7, generator: new Generator(1) })],
  ["RNN with relu", () => new RNN({ inputSize: 60, hiddenSize: 64, nonlinearity: "relu", bias: false })],
  ["LSTM", () => new LSTM({ inputSize: 5, hiddenSize: 33, numLayers: 2 })],
  ["LSTM without bias", () => new LSTM({ inputSize: 1, hiddenSize: 4, bias: false })],
  ["LSTM with a projection", () => new LSTM({ inputSize: 5, hiddenSize: 9, projSize: 6, numLayers: 2 })],
  ["GRU", () => new GRU({ inputSize: 6, hiddenSize: 10, numLayers: 3, dropout: 0.5 }).eval()],
  ["GRU without bias", () => new GRU({ inputSize: 6, hiddenSize: 8, bias: false })],
  ["GRU, reset before", () => new GRU({ inputSize: 6, hiddenSize: 8, resetAfter: false })],
];

const flat = (x: Variable | Tensor): number[] => {
  const { data, offset, size } = ("value" in x ? x.value : x).contiguous();
  return [...data.subarray(offset, offset + size)];
};

describe.each(["js", "wasm-simd", "wasm-fma"] as const)("on %s", (name) => {
  beforeEach(() => setBackend(name));
  afterEach(() => setBackend("auto"));

  describe.each(layers)("a stream of %s", (_name, make) => {
    const layer = make() as Layer;
    const inputSize = layer.parameters()[0]!.shape[1]!;

    it.each([1, 3])("gives step by step what the whole sequence of %i lanes gives", (lanes) => {
      const x = randn([9, lanes, inputSize]);
      const whole = noGrad(() => layer.forward(x));
      const stream = new Streaming(layer);
      const outputs: Tensor[] = [0, 1, 2].map((t) => stream.step(x.select(0, t)));
      const remembered = stream.state!;
      outputs.push(stream.step(x.select(0, 3)));
      outputs.push(stream.forward(x.slice([4, 8]))); // a chunk
      outputs.push(stream.step(x.select(0, 8)));
      expectClose(outputs.flatMap(flat), flat(whole.output));
      for (const part of Object.keys(whole.state)) {
        const key = part as "h";
        expect(stream.state![key].shape).toEqual(whole.state[key].shape);
        expectClose(flat(stream.state![key]), flat(whole.state[key]));
      }
      // back to an earlier state, and from that of another call
      stream.state = remembered;
      expectClose(flat(stream.step(x.select(0, 3))), flat(whole.output.select(0, 3)));
      const other = new Streaming(layer, { state: noGrad(() => layer.forward(x.slice([0, 5]))).state });
      expectClose(flat(other.step(x.select(0, 5))), flat(whole.output.select(0, 5)));
    });

    it("needs no batch, and reads strided input", () => {
      const x = randn([4, inputSize, 2]).transpose(1, 2);
      const whole = noGrad(() => layer.forward(x));
      const alone = new Streaming(layer);
      const first = alone.step(x.select(1, 0).select(0, 0));
      expect(first.shape).toEqual([whole.output.shape[2]]);
      const rest = alone.forward(x.select(1, 0).slice([1, 4]));
      expectClose([...flat(first), ...flat(rest)], flat(whole.output.select(1, 0)));
      expect(alone.state!.h.ndim).toBe(2);
      const both = new Streaming(layer);
      expectClose(flat(both.step(x.select(0, 0))), flat(whole.output.select(0, 0)));
    });

    it("begins anew in some lanes, or all", () => {
      const x = randn([2, 3, inputSize]);
      const stream = new Streaming(layer);
      const first = stream.step(x.select(0, 0));
      const second = stream.step(x.select(0, 1));
      stream.reset();
      expectClose(flat(stream.step(x.select(0, 0))), flat(first));
      stream.reset([true, false, true]);
      const mixed = stream.step(x.select(0, 1));
      expectClose(flat(mixed.select(0, 1)), flat(second.select(0, 1)));
      const fresh = new Streaming(layer).step(x.select(0, 1));
      expectClose(flat(mixed.select(0, 2)), flat(fresh.select(0, 2)));
    });
  });

  it("a stream of a batch-first layer takes chunks in its layout", () => {
    const layer = new GRU({ inputSize: 3, hiddenSize: 6, batchFirst: true });
    const x = randn([2, 5, 3]);
    const whole = noGrad(() => layer.forward(x));
    const stream = new Streaming(layer);
    const first = stream.step(x.select(1, 0));
    const rest = stream.forward(x.slice(null, [1, 5]));
    expect(rest.shape).toEqual([2, 4, 6]);
    expectClose(flat(first), flat(whole.output.select(1, 0)));
    expectClose(flat(rest), flat(whole.output.slice(null, [1, 5])));
    const alone = new Streaming(layer).forward(x.select(0, 0));
    expectClose(flat(alone), flat(whole.output.select(0, 0)));
  });

  it("streams of one layer do not disturb each other", () => {
    const layer = new LSTM({ inputSize: 4, hiddenSize: 20 });
    const x = randn([6, 2, 4]);
    const whole = noGrad(() => layer.forward(x));
    const [a, b] = [new Streaming(layer), new Streaming(layer)];
    for (let t = 0; t < 6; t++) {
      expectClose(flat(a.step(x.slice(t, [0, 1]))), flat(whole.output.slice(t, [0, 1])));
      expectClose(flat(b.step(x.slice(t, [1, 2]))), flat(whole.output.slice(t, [1, 2])));
      noGrad(() => layer.forward(randn([30, 9, 4]))); // other work in the same memory
    }
  });

  it("notices new weights", () => {
    const layer = new LSTM({ inputSize: 4, hiddenSize: 20 });
    const other = new LSTM({ inputSize: 4, hiddenSize: 20 });
    const stream = new Streaming(layer);
    const x = randn([1, 4]);
    stream.step(x);
    const { state } = stream;
    layer.loadStateDict(other.stateDict());
    const expected = noGrad(() => other.forward(x.unsqueeze(0), { state: state! })).output;
    expectClose(flat(stream.step(x)), flat(expected));
    layer.parameters()[1]!.value.data[77] = 5; // one weight by hand: after reset()
    stream.reset();
    expectClose(flat(stream.step(x)), flat(noGrad(() => layer.forward(x.unsqueeze(0))).output));
  });
});

describe("a stream of layers", () => {
  const layer = new LSTM({ inputSize: 4, hiddenSize: 6 });
  const x = randn([2, 4]);

  it("writes where it is told to", () => {
    for (const backend of ["js", "auto"] as const) {
      setBackend(backend);
      const out = zeros([2, 6]);
      const stream = new Streaming(layer);
      expect(stream.step(x, out)).toBe(out);
      expectClose(flat(out), flat(new Streaming(layer).step(x)));
      expect(() => stream.step(x, zeros([6, 2]))).toThrow(
        new ShapeError("Streaming.step: out is float32 of shape [6,2], expected float32 of shape [2,6]"),
      );
      expect(() => stream.step(x, zeros([6, 2]).transpose(0, 1))).toThrow(
        new ShapeError(
          "Streaming.step: out is float32 of shape [2,6] that is not contiguous, expected float32 of shape [2,6]",
        ),
      );
    }
    setBackend("auto");
  });

  it("goes on when the backend changes", () => {
    const whole = noGrad(() => layer.forward(x.unsqueeze(0).expand([4, 2, 4])));
    const stream = new Streaming(layer);
    const outputs = (["wasm-simd", "js", "wasm-simd", "js"] as const).flatMap((backend) => {
      setBackend(backend);
      return flat(stream.step(x));
    });
    setBackend("auto");
    expectClose(outputs, flat(whole.output));
  });

  it("leaves to the layer what it has to refuse, and stays as it was", () => {
    const stream = new Streaming(layer);
    stream.step(x);
    const before = flat(stream.state!.h);
    expect(() => stream.step(zeros([2, 5]))).toThrow(
      /input has 5 features in its last dimension, but inputSize is 4/,
    );
    expect(() => stream.step(zeros([3, 4]))).toThrow(/state.h has shape \[1,2,6\], expected \[1,3,6\]/);
    expect(() =>
      stream.step(
        tensor(
          [
            [1, 2, 3, 4],
            [1, 2, 3, 4],
          ],
          { dtype: "int32" },
        ),
      ),
    ).toThrow(TypeError);
    expect(() => stream.step(zeros([4]))).toThrow(ShapeError);
    expect(flat(stream.state!.h)).toEqual(before);
  });

  it("drops in training mode, and calls a forward of one's own", () => {
    const dropping = new GRU({ inputSize: 4, hiddenSize: 6, numLayers: 2, dropout: 1 });
    const expected = noGrad(() => dropping.forward(x.unsqueeze(0))).output;
    expectClose(flat(new Streaming(dropping).step(x)), flat(expected));
    expect(flat(new Streaming(dropping.eval()).step(x))).not.toEqual(flat(expected));
    class Doubled extends GRU {
      // biome-ignore lint/suspicious/noExplicitAny: the overloads of GRU
      override forward(...inputs: any[]): any {
        const { output, state } = super.forward(...(inputs as [Tensor]));
        return { output: output.mul(2), state };
      }
    }
    const doubled = new Doubled({ inputSize: 4, hiddenSize: 6 });
    const once = noGrad(() => GRU.prototype.forward.call(doubled, x.unsqueeze(0))).output;
    expectClose(flat(new Streaming(doubled).step(x)), flat(once.mul(2)));
  });
});
