import { bceWithLogits, crossEntropy, Embedding, Linear, LSTM, Module, mseLoss, RNN } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { Adam, SGD } from "@rnn/train";
import { batches, weights } from "../data.mjs";

/** The model of a workload, with the weights that all libraries start from. */
export function networkOf(spec) {
  const network = new Network(spec);
  network.loadStateDict(tensors(weights(spec)));
  return network;
}

export function optimizerOf({ optimizer, learningRate }, parameters) {
  return new { sgd: SGD, adam: Adam }[optimizer](parameters, { learningRate });
}

/** The batches that a workload repeats: inputs x, and targets y, one row per sample. */
export function batchesOf(spec) {
  const { vocabulary, inputs, batch, steps } = spec;
  return batches(spec).map(({ x, y }) => ({
    x: new Tensor(x, vocabulary ? [batch, steps] : [batch, steps, inputs]),
    y: new Tensor(y, [y.length]),
  }));
}

export const lossFunctions = { bceWithLogits, crossEntropy, mse: mseLoss };

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

/** Named numbers as tensors. */
export function tensors(entries, prefix = "") {
  return new Map(
    [...entries].map(([name, { values, shape }]) => [name.replace(prefix, ""), new Tensor(values, shape)]),
  );
}
