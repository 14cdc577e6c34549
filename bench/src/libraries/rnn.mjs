import {
  bceWithLogits,
  crossEntropy,
  Embedding,
  Linear,
  LSTM,
  Module,
  mseLoss,
  noGrad,
  RNN,
  Streaming,
} from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { Adam, clipGradNorm, detachState, SGD } from "@rnn/train";
import { batches, uniform, weights } from "../data.mjs";

/** This repository's packages, through their public API. */
export default {
  gemm(m, k, n, a, b) {
    const left = new Tensor(a, [m, k]);
    const right = new Tensor(b, [k, n]);
    return () => left.matmul(right);
  },

  train(spec) {
    const network = new Network(spec);
    network.loadStateDict(tensors(weights(spec)));
    const parameters = network.parameters();
    const Optimizer = { sgd: SGD, adam: Adam }[spec.optimizer];
    const optimizer = new Optimizer(parameters, { learningRate: spec.learningRate });
    const data = batches(spec).map((batch) => asTensors(batch, spec));
    let state;
    return (i) => {
      const { x, y } = data[i % data.length];
      optimizer.zeroGrad();
      const result = network.forward(x, state);
      const loss = lossFunctions[spec.loss](result.output, y);
      loss.backward();
      if (spec.clipNorm) clipGradNorm(parameters, spec.clipNorm);
      optimizer.step();
      if (spec.carriesState) state = detachState(result.state);
      return loss.item();
    };
  },

  stream({ inputs, hidden, steps, seed }) {
    const lstm = new LSTM({ inputSize: inputs, hiddenSize: hidden }).eval();
    lstm.loadStateDict(tensors(weights({ cell: "lstm", inputs, hidden }), "rnn."));
    const x = uniform(steps * inputs, seed, 1);
    const sequence = new Tensor(x, [steps, 1, inputs]);
    const streaming = new Streaming(lstm);
    return {
      step(i) {
        const start = (i % steps) * inputs;
        return streaming.step(new Tensor(x.subarray(start, start + inputs), [1, inputs])).data;
      },
      sequence: () => noGrad(() => lstm.forward(sequence)).state.h.value.data,
    };
  },

  async tokenizer() {
    const { basicEnglish } = await import("@rnn/text");
    return basicEnglish;
  },
};

const lossFunctions = { bceWithLogits, crossEntropy, mse: mseLoss };

/** Embedding, recurrent layers, and a linear layer over every step or the last one. */
class Network extends Module {
  #embedding;
  #rnn;
  #linear;
  #readsEveryStep;

  constructor({ cell, vocabulary, inputs, hidden, layers = 1, outputs, loss }) {
    super();
    const Layer = { lstm: LSTM, rnn: RNN }[cell];
    const rnn = new Layer({ inputSize: inputs, hiddenSize: hidden, numLayers: layers, batchFirst: true });
    if (vocabulary) {
      const embedding = new Embedding({ numEmbeddings: vocabulary, embeddingDim: inputs });
      this.#embedding = this.child("embedding", embedding);
    }
    this.#rnn = this.child("rnn", rnn);
    this.#linear = this.child("linear", new Linear({ inFeatures: hidden, outFeatures: outputs }));
    this.#readsEveryStep = loss === "crossEntropy";
  }

  /** Inputs [N, L] or [N, L, features] to outputs [N * L, outputs] or [N]. */
  forward(inputs, initial) {
    const x = this.#embedding ? this.#embedding.forward(inputs) : inputs;
    const { output, state } = this.#rnn.forward(x, { state: initial });
    if (this.#readsEveryStep) {
      return { output: this.#linear.forward(output.reshape([-1, output.shape[2]])), state };
    }
    return { output: this.#linear.forward(output.select(1, -1)).squeeze(1), state };
  }
}

function tensors(entries, prefix = "") {
  return new Map(
    [...entries].map(([name, { values, shape }]) => [name.replace(prefix, ""), new Tensor(values, shape)]),
  );
}

function asTensors({ x, y }, { vocabulary, inputs, batch, steps }) {
  return {
    x: new Tensor(x, vocabulary ? [batch, steps] : [batch, steps, inputs]),
    y: new Tensor(y, [y.length]),
  };
}
