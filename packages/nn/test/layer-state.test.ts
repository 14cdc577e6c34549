import { finalFeatures, GRU, LSTM, layerState, RNN, Variable } from "@rnn/nn";
import { cat, randn, type Tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

const numbers = (x: Variable | Tensor): unknown => (x instanceof Variable ? x.value : x).toArray();
const x = randn([5, 3, 4]);

describe("layerState", () => {
  const lstm = new LSTM({ inputSize: 4, hiddenSize: 6, numLayers: 3, bidirectional: true, projSize: 2 });

  it("takes every part of one layer and direction", () => {
    const result = lstm.forward(x, { lengths: [2, 5, 0] });
    for (const layer of [0, 1, 2]) {
      for (const [d, direction] of (["forward", "backward"] as const).entries()) {
        const { h, c } = layerState(result, layer, direction);
        expect(numbers(h)).toEqual(numbers(result.state.h.value.select(0, layer * 2 + d)));
        expect(numbers(c)).toEqual(numbers(result.state.c.value.select(0, layer * 2 + d)));
        expect([h.shape, c.shape]).toEqual([
          [3, 2],
          [3, 6],
        ]);
      }
    }
  });

  it("counts layers from the end too, and reads forward unless told otherwise", () => {
    const result = lstm.forward(x);
    expect(numbers(layerState(result, -1).h)).toEqual(numbers(result.state.h.value.select(0, 4)));
    expect(numbers(layerState(result, -3).h)).toEqual(numbers(result.state.h.value.select(0, 0)));
  });

  it("takes a state per layer, and one without a batch", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: [3, 2], bidirectional: true });
    const result = rnn.forward(x.select(1, 0));
    expect(numbers(layerState(result, 0, "backward").h)).toEqual(
      numbers(result.state.h[0]!.value.select(0, 1)),
    );
    expect(layerState(result, 1).h.shape).toEqual([2]);
  });

  it("passes gradients on", () => {
    const gru = new GRU({ inputSize: 4, hiddenSize: 3 });
    layerState(gru.forward(x), 0).h.sum().backward();
    expect(gru.parameters().every(({ grad }) => grad !== null)).toBe(true);
  });

  it("says which layers and directions there are", () => {
    const result = new GRU({ inputSize: 4, hiddenSize: 3, numLayers: 2 }).forward(x);
    expect(() => layerState(result, 2)).toThrow(
      new RangeError("layerState: layer must be an integer from -2 to 1 (2 layers), got 2"),
    );
    expect(() => layerState(new GRU({ inputSize: 4, hiddenSize: 3 }).forward(x), 0.5)).toThrow(
      new RangeError("layerState: layer must be an integer from -1 to 0 (1 layer), got 0.5"),
    );
    expect(() => layerState(result, 0, "backward")).toThrow(
      new RangeError("layerState: there is no backward direction; make the layer with bidirectional: true"),
    );
  });
});

describe("finalFeatures", () => {
  it("is the last layer's h of both directions side by side", () => {
    const gru = new GRU({ inputSize: 4, hiddenSize: 3, numLayers: 2, bidirectional: true });
    const result = gru.forward(x, { lengths: [2, 5, 0] });
    const h = result.state.h.value;
    expect(numbers(finalFeatures(result))).toEqual(numbers(cat([h.select(0, 2), h.select(0, 3)], 1)));
  });

  it("reads forwards at each row's last step and backwards at its first", () => {
    const gru = new GRU({ inputSize: 4, hiddenSize: 3, bidirectional: true });
    const result = gru.forward(x, { lengths: [2, 5, 3] });
    const features = finalFeatures(result).value;
    expect(numbers(features.select(0, 0).slice([0, 3]))).toEqual(
      numbers(result.output.value.select(0, 1).select(0, 0).slice([0, 3])),
    );
    expect(numbers(features.slice(null, [3, 6]))).toEqual(
      numbers(result.output.value.select(0, 0).slice(null, [3, 6])),
    );
  });

  it("takes one direction, sizes per layer, and no batch", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: [3, 2] });
    expect(numbers(finalFeatures(rnn.forward(x)))).toEqual(numbers(rnn.forward(x).output.value.select(0, 4)));
    const lstm = new LSTM({ inputSize: 4, hiddenSize: 3, bidirectional: true });
    expect(finalFeatures(lstm.forward(x.select(1, 0))).shape).toEqual([6]);
  });
});

describe("goBackwards", () => {
  it("reads as the second direction of a bidirectional layer does", () => {
    const both = new LSTM({ inputSize: 4, hiddenSize: 3, bidirectional: true });
    const backwards = new LSTM({ inputSize: 4, hiddenSize: 3, goBackwards: true });
    const reverse = [...both.stateDict()].filter(([name]) => name.endsWith("_reverse"));
    backwards.loadStateDict(new Map(reverse.map(([name, value]) => [name.replace("_reverse", ""), value])));
    const want = both.forward(x, { lengths: [2, 5, 0] });
    const got = backwards.forward(x, { lengths: [2, 5, 0] });
    expect(numbers(got.output)).toEqual(numbers(want.output.value.slice(null, null, [3, 6])));
    expect(numbers(got.state.c.select(0, 0))).toEqual(numbers(want.state.c.value.select(0, 1)));
  });

  it("stacks layers that all read backwards", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: 3, numLayers: 2, goBackwards: true });
    const forwards = new RNN({ inputSize: 4, hiddenSize: 3, numLayers: 2 });
    forwards.loadStateDict(rnn.stateDict());
    const want = forwards.forward(x.flip(0));
    const got = rnn.forward(x);
    expect(numbers(got.output.value.flip(0))).toEqual(numbers(want.output));
    expect(numbers(got.state.h)).toEqual(numbers(want.state.h));
  });

  it("excludes bidirectional", () => {
    expect(() => new LSTM({ inputSize: 4, hiddenSize: 3, goBackwards: true, bidirectional: true })).toThrow(
      new RangeError(
        "LSTM: goBackwards is for one direction, but bidirectional reads both ways; leave one of them out",
      ),
    );
  });
});
