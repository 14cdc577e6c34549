import { expectClose } from "@internal/testing";
import { Embedding, Linear, LSTM, Module, RNN, type Variable } from "@rnn/nn";
import { type Tensor, tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

// Worked examples of a lecture on recurrent networks (Q.-V. Dinh, AI VIETNAM, 2023) and a by-hand exercise (T. Yeh, 2023).

const flat = (x: Variable): number[] => [...x.value.contiguous().data];

describe("a layer of 4 -> 3 over five steps", () => {
  const rnn = new RNN({ inputSize: 4, hiddenSize: 3 });
  rnn.loadStateDict({
    weight_ih_l0: tensor([
      [-0.4174, 0.1953, -0.0365, -0.4025],
      [0.4722, -0.4085, -0.0236, 0.3763],
      [0.055, -0.4921, -0.4307, 0.0855],
    ]),
    weight_hh_l0: tensor([
      [-0.5511, 0.126, 0.0463],
      [-0.2291, -0.2084, -0.2352],
      [-0.4341, -0.2682, 0.0612],
    ]),
    bias_ih_l0: tensor([0.4481, 0.5537, -0.5006]),
    bias_hh_l0: tensor([0.0135, -0.2209, 0.133]),
  });
  const steps = [
    [-0.1882, 0.553, 1.6267, 0.7013],
    [0.2293, 1.3255, 0.1318, 2.0501],
    [0.4309, -1.3067, -0.8823, 1.5977],
    [1.0281, -1.9094, 0.3182, 0.4211],
    [1.784, -0.8278, -0.2701, 1.3586],
  ];
  // biome-ignore format: one step per line
  const printed = [
    0.2973, 0.2388, -0.8593,
    -0.3616, 0.6365, -0.8125,
    -0.3297, 0.9502, 0.6365,
    -0.1884, 0.9009, 0.4258,
    -0.6319, 0.9454, 0.2323,
  ];
  const lastDigit = { rtol: 0, atol: 5e-5 }; // half a unit of what is printed

  it("gives the printed hidden states h1 to h5", () => {
    const { output } = rnn.forward(tensor(steps));
    expect(output.shape).toEqual([5, 3]); // (L, H)
    expectClose(flat(output), printed, lastDigit);
  });

  it("ends in the state that the last step put out", () => {
    const { output, state } = rnn.forward(tensor(steps).reshape([5, 1, 4]));
    expect(state.h.shape).toEqual([1, 1, 3]); // (num_layers, N, H)
    expect(flat(state.h)).toEqual(flat(output).slice(-3));
  });

  it("takes the batch first if asked to", () => {
    const batchFirst = new RNN({ inputSize: 4, hiddenSize: 3, batchFirst: true });
    batchFirst.loadStateDict(rnn.stateDict());
    const { output, state } = batchFirst.forward(tensor([steps, steps]));
    expect(output.shape).toEqual([2, 5, 3]); // (N, L, H)
    expect(state.h.shape).toEqual([1, 2, 3]);
    expectClose(flat(output), [...printed, ...printed], lastDigit);
  });
});

const lower = {
  weight_ih_l0: tensor([
    [-0.2, -0.4, 0.3, -0.4],
    [-0.6, -0.8, 0.5, -0.3],
    [0.1, -0.1, 0.6, 0.1],
  ]),
  weight_hh_l0: tensor([
    [0.9, -0.1, 0.1],
    [-0.1, -0.9, 0.3],
    [0.1, -0.3, -0.9],
  ]),
};
const twoSteps = tensor([
  [1, 3, 2, 1],
  [0, 4, 1, 2],
]);

describe("a cell over two steps", () => {
  it("gives the printed h1 and h2", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: 3, bias: false });
    rnn.loadStateDict(lower);
    const hidden = flat(rnn.forward(twoSteps).output);
    // the first entry was cut off instead of rounded: -0.8336546 is printed as -0.833
    expectClose(hidden.slice(0, 3), [-0.833, -0.98, 0.8], { rtol: 0, atol: 1e-3 });
    expectClose(hidden.slice(3), [-0.99, -0.97, -0.109], { rtol: 0, atol: 1e-3 });
  });

  it("has the pre-activations [-1.2 -2.3 1.1] in its first step", () => {
    const linear = new Linear({ inFeatures: 4, outFeatures: 3, bias: false });
    linear.loadStateDict({ weight: lower.weight_ih_l0 });
    expectClose(flat(linear.forward(twoSteps)).slice(0, 3), [-1.2, -2.3, 1.1]);
  });
});

describe("a stack of hidden sizes 3 and 2", () => {
  it("gives the printed states of both layers", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: [3, 2], bias: false });
    rnn.loadStateDict({
      ...lower,
      weight_ih_l1: tensor([
        [-1.1, 0.3, -0.1],
        [0.1, -0.2, 0.4],
      ]),
      weight_hh_l1: tensor([
        [0.1, 0.9],
        [0.9, -0.1],
      ]),
    });
    const { output, state } = rnn.forward(twoSteps);
    // cut off instead of rounded: k1 is [0.4952 0.4077], k2 is [0.8414 0.4269]
    expectClose(flat(output), [0.49, 0.407, 0.84, 0.42], { rtol: 0, atol: 0.01 });
    expectClose(flat(output), [0.4952112, 0.4077032, 0.8413852, 0.42694628], { rtol: 2e-5, atol: 2e-6 });
    expect(state.h.map((h) => h.shape)).toEqual([
      [1, 3],
      [1, 2],
    ]);
    expectClose(flat(state.h[0]!), [-0.99049634, -0.970124, -0.10934669], { rtol: 2e-5, atol: 2e-6 });
    expect(flat(state.h[1]!)).toEqual(flat(output).slice(-2));
  });
});

describe("the exercise by hand with ReLU", () => {
  it("fills in every blank", () => {
    const rnn = new RNN({ inputSize: 1, hiddenSize: 2, bias: false, nonlinearity: "relu" });
    rnn.loadStateDict({
      weight_hh_l0: tensor([
        [1, -1],
        [1, 1],
      ]),
      weight_ih_l0: tensor([[1], [2]]),
    });
    const readout = new Linear({ inFeatures: 2, outFeatures: 1, bias: false });
    readout.loadStateDict({ weight: tensor([[-1, 1]]) });
    const { output } = rnn.forward(tensor([[3], [4], [5], [6]]));
    expect(flat(output)).toEqual([3, 6, 1, 17, 0, 28, 0, 40]);
    expect(flat(readout.forward(output))).toEqual([3, 16, 28, 40]);
  });
});

describe("the text classifier: vocabulary 8, embedding 4, hidden 3", () => {
  class TextClsModel extends Module {
    readonly embedding = this.child("embedding", new Embedding({ numEmbeddings: 8, embeddingDim: 4 }));
    readonly rnn = this.child("rnn", new RNN({ inputSize: 4, hiddenSize: 3, batchFirst: true }));
    readonly fc = this.child("fc", new Linear({ inFeatures: 3, outFeatures: 1 }));

    override forward(ids: Tensor): Variable {
      const { state } = this.rnn.forward(this.embedding.forward(ids));
      return this.fc.forward(state.h.reshape([ids.shape[0]!, 3])).sigmoid();
    }
  }
  const model = new TextClsModel();
  const ids = tensor(
    [
      [0, 4, 7, 2, 1],
      [2, 6, 3, 5, 0],
    ],
    { dtype: "int32" },
  );

  it("has 32, 27 and 4 parameters", () => {
    const sizes = model.children().map((layer) => layer.parameters().reduce((n, p) => n + p.size, 0));
    expect(sizes).toEqual([32, 27, 4]);
  });

  it("maps [-1,5] to [-1,5,4], [-1,5,3] and [-1,1]", () => {
    const embedded = model.embedding.forward(ids);
    expect(embedded.shape).toEqual([2, 5, 4]);
    expect(model.rnn.forward(embedded).output.shape).toEqual([2, 5, 3]);
    expect(model.forward(ids).shape).toEqual([2, 1]);
  });

  it("gives the states that its printed matrices lead to", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: 3, bias: false });
    rnn.loadStateDict({
      weight_ih_l0: tensor([
        [-0.436, 0.373, -0.032, 0.403],
        [-0.452, 0.296, -0.609, -0.643],
        [-0.761, 0.266, -0.526, -0.703],
      ]),
      weight_hh_l0: tensor([
        [0.226, -0.068, -0.971],
        [-0.973, -0.014, -0.226],
        [-0.001, -0.997, 0.07],
      ]),
    });
    const computed = [0.7706799, -0.8906374, -0.9376218, 0.997824, -0.8444544, -0.04640546];
    expectClose(flat(rnn.forward(twoSteps).output), computed, { rtol: 2e-5, atol: 2e-6 });
  });
});

describe("the two ways of writing an RNN", () => {
  it("are the same map: adding W_xh x and W_hh h, or one matrix on x and h side by side", () => {
    const rnn = new RNN({ inputSize: 4, hiddenSize: 3, bias: false });
    rnn.loadStateDict(lower);
    const [wx, wh] = [lower.weight_ih_l0.toArray(), lower.weight_hh_l0.toArray()] as [number[][], number[][]];
    const sideBySide = new Linear({ inFeatures: 7, outFeatures: 3, bias: false });
    sideBySide.loadStateDict({ weight: tensor(wx.map((row, i) => [...row, ...wh[i]!])) });
    let h = [0, 0, 0];
    for (const x of twoSteps.toArray() as number[][]) {
      h = flat(sideBySide.forward(tensor([[...x, ...h]])).tanh());
    }
    expectClose(h, flat(rnn.forward(twoSteps).state.h));
  });
});

describe("an LSTM", () => {
  const parameters = { inputSize: 10, hiddenSize: 20, numLayers: 2 };

  it("(10, 20, 2) maps (5,3,10) to (5,3,20) with hn and cn (2,3,20)", () => {
    const lstm = new LSTM(parameters);
    const input = tensor(new Float32Array(150).fill(0.5), { shape: [5, 3, 10] });
    const state = {
      h: tensor(new Float32Array(120), { shape: [2, 3, 20] }),
      c: tensor(new Float32Array(120), { shape: [2, 3, 20] }),
    };
    const { output, state: next } = lstm.forward(input, { state });
    expect(output.shape).toEqual([5, 3, 20]);
    expect(next.h.shape).toEqual([2, 3, 20]);
    expect(next.c.shape).toEqual([2, 3, 20]);
  });

  it("takes every parameter that the lecture lists", () => {
    const lstm = new LSTM({
      ...parameters,
      bias: false,
      batchFirst: true,
      dropout: 0.5,
      bidirectional: true,
      projSize: 5,
    });
    const { output, state } = lstm.forward(tensor(new Float32Array(150), { shape: [3, 5, 10] }));
    expect(output.shape).toEqual([3, 5, 10]); // (N, L, 2 * proj_size)
    expect(state.h.shape).toEqual([4, 3, 5]);
    expect(state.c.shape).toEqual([4, 3, 20]);
  });

  it("computes C_t = C_(t-1) * f + i * g and h_t = o * tanh(C_t) from its gates", () => {
    const lstm = new LSTM({ inputSize: 1, hiddenSize: 1 });
    // one weight per gate, in the order i f g o
    lstm.loadStateDict({
      weight_ih_l0: tensor([[0.5], [-1], [2], [1.5]]),
      weight_hh_l0: tensor([[1], [0.5], [-0.5], [0.25]]),
      bias_ih_l0: tensor([0.1, 0.2, 0.3, 0.4]),
      bias_hh_l0: tensor([0, 1, 0, 0]),
    });
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    let [h, c] = [0.3, -0.6];
    const { state } = lstm.forward(tensor([[0.7], [-0.2]]), {
      state: { h: tensor([[h]]), c: tensor([[c]]) },
    });
    for (const x of [0.7, -0.2]) {
      const i = sigmoid(0.5 * x + h + 0.1);
      const f = sigmoid(-x + 0.5 * h + 1.2);
      const g = Math.tanh(2 * x - 0.5 * h + 0.3);
      const o = sigmoid(1.5 * x + 0.25 * h + 0.4);
      c = c * f + i * g;
      h = o * Math.tanh(c);
    }
    expectClose([state.h.item(), state.c.item()], [h, c]);
  });
});
