import {
  type FinalState,
  finalFeatures,
  GRU,
  LSTM,
  LSTMCell,
  type LSTMState,
  packPaddedSequence,
  RNN,
  Streaming,
  Variable,
} from "@rnn/nn";
import { cat, randn, type Tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

const numbers = (x: Variable | Tensor): unknown => (x instanceof Variable ? x.value : x).toArray();
const x = randn([5, 3, 4]);
const lstmOf = (numLayers: number): LSTM => new LSTM({ inputSize: 4, hiddenSize: 6, numLayers });

describe("state.layer", () => {
  const lstm = new LSTM({ inputSize: 4, hiddenSize: 6, numLayers: 3, bidirectional: true, projSize: 2 });

  it("takes every part of one layer and direction", () => {
    const { state } = lstm.forward(x, { lengths: [2, 5, 0] });
    for (const layer of [0, 1, 2]) {
      const { forward, backward } = state.layer(layer);
      for (const [d, { h, c }] of [forward, backward].entries()) {
        expect(numbers(h)).toEqual(numbers(state.h.value.select(0, layer * 2 + d)));
        expect(numbers(c)).toEqual(numbers(state.c.value.select(0, layer * 2 + d)));
        expect([h.shape, c.shape]).toEqual([
          [3, 2],
          [3, 6],
        ]);
      }
    }
  });

  it("counts layers from the end too", () => {
    const { state } = lstm.forward(x);
    expect(numbers(state.layer(-1).forward.h)).toEqual(numbers(state.h.value.select(0, 4)));
    expect(numbers(state.layer(-3).backward.h)).toEqual(numbers(state.h.value.select(0, 1)));
  });

  it("takes a state per layer, one without a batch, and that of a packed sequence", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: [3, 2], bidirectional: true });
    const { state } = rnn.forward(x.select(1, 0));
    expect(numbers(state.layer(0).backward.h)).toEqual(numbers(state.h[0]!.value.select(0, 1)));
    expect(state.layer(1).forward.h.shape).toEqual([2]);
    const packed = rnn.forward(packPaddedSequence(x, [3, 5, 1], { enforceSorted: false })).state;
    const padded = rnn.forward(x, { lengths: [3, 5, 1] }).state;
    expect(numbers(packed.layer(1).backward.h)).toEqual(numbers(padded.h[1]!.value.select(0, 1)));
  });

  it("is backward alone if the layer goes backwards", () => {
    const { state } = new GRU({ inputSize: 4, hiddenSize: 3, numLayers: 2, goBackwards: true }).forward(x);
    expect(numbers(state.layer(1).backward.h)).toEqual(numbers(state.h.value.select(0, 1)));
  });

  it("passes gradients on", () => {
    const gru = new GRU({ inputSize: 4, hiddenSize: 3 });
    gru.forward(x).state.layer(0).forward.h.sum().backward();
    expect(gru.parameters().every(({ grad }) => grad !== null)).toBe(true);
  });

  it("starts a cell", () => {
    const cell = new LSTMCell({ inputSize: 4, hiddenSize: 6 });
    const { state } = new LSTM({ inputSize: 4, hiddenSize: 6 }).forward(x);
    const { h, c } = state.layer(0).forward;
    expect(numbers(cell.forward(x.select(0, 0), state.layer(0).forward).h)).toEqual(
      numbers(cell.forward(x.select(0, 0), { h, c }).h),
    );
  });

  it("is kept by a stream, over resets of lanes and without", () => {
    const stream = new Streaming(lstmOf(2));
    stream.forward(x);
    for (const mask of [
      [false, false, false],
      [true, false, true],
    ]) {
      stream.reset(mask);
      const state = stream.state as FinalState<LSTMState>;
      expect(numbers(state.layer(1).forward.c)).toEqual(numbers(state.c.value.select(0, 1)));
    }
  });

  it("is not in the way: a state has its parts, an object of one's own will do", () => {
    const layer = lstmOf(1);
    const { state } = layer.forward(x);
    expect(Object.keys(state)).toEqual(["h", "c"]);
    const { h, c } = state;
    const next = numbers(layer.forward(x, { state }).output);
    expect(numbers(layer.forward(x, { state: { h, c } }).output)).toEqual(next);
    expect(numbers(layer.forward(x, { state: { ...state } }).output)).toEqual(next);
    expect(Object.keys(structuredClone({ ...state, h: 1, c: 2 }))).toEqual(["h", "c"]);
  });

  it("says which layers and directions there are", () => {
    const { state } = new GRU({ inputSize: 4, hiddenSize: 3, numLayers: 2 }).forward(x);
    expect(() => state.layer(2)).toThrow(
      new RangeError("state.layer: index must be an integer from -2 to 1 (2 layers), got 2"),
    );
    const one = new GRU({ inputSize: 4, hiddenSize: 3 }).forward(x).state;
    expect(() => one.layer(0.5)).toThrow(
      new RangeError("state.layer: index must be an integer from -1 to 0 (1 layer), got 0.5"),
    );
    expect(() => state.layer(-1).backward).toThrow(
      new RangeError(
        "state.layer(1).backward: the layer does not read backwards; make it with bidirectional: true",
      ),
    );
    const backwards = new GRU({ inputSize: 4, hiddenSize: 3, goBackwards: true }).forward(x).state;
    expect(() => backwards.layer(0).forward).toThrow(
      new RangeError(
        "state.layer(0).forward: the layer does not read forwards; made with goBackwards: true it has only state.layer(i).backward",
      ),
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

  it("takes the result of a packed sequence", () => {
    const gru = new GRU({ inputSize: 4, hiddenSize: 3, bidirectional: true });
    const packed = packPaddedSequence(x, [2, 5, 3], { enforceSorted: false });
    expect(numbers(finalFeatures(gru.forward(packed)))).toEqual(
      numbers(finalFeatures(gru.forward(x, { lengths: [2, 5, 3] }))),
    );
  });

  it("takes one direction, sizes per layer, and no batch", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: [3, 2] });
    expect(numbers(finalFeatures(rnn.forward(x)))).toEqual(numbers(rnn.forward(x).output.value.select(0, 4)));
    const lstm = new LSTM({ inputSize: 4, hiddenSize: 3, bidirectional: true });
    expect(finalFeatures(lstm.forward(x.select(1, 0))).shape).toEqual([6]);
    const gru = new GRU({ inputSize: 4, hiddenSize: [3, 2], bidirectional: true });
    const { output, state } = gru.forward(x);
    const { forward, backward } = state.layer(-1);
    expect(numbers(finalFeatures({ output, state }))).toEqual(
      numbers(cat([forward.h.value, backward.h.value], 1)),
    );
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
