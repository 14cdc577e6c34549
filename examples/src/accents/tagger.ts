import { Dropout, Embedding, GRU, Linear, Module, type Variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";

/** Predicts a label for every character of a sentence, which it reads in both directions. */
export class Tagger extends Module {
  readonly #embedding: Embedding;
  readonly #gru: GRU;
  readonly #dropout: Dropout;
  readonly #head: Linear;

  constructor({ inputs, labels, hidden }: { inputs: number; labels: number; hidden: number }) {
    super();
    this.#embedding = this.child("embedding", new Embedding({ numEmbeddings: inputs, embeddingDim: 32 }));
    const layers = { numLayers: 2, batchFirst: true, bidirectional: true };
    this.#gru = this.child("gru", new GRU({ inputSize: 32, hiddenSize: hidden, ...layers }));
    this.#dropout = this.child("dropout", new Dropout({ p: 0.2 }));
    this.#head = this.child("head", new Linear({ inFeatures: 2 * hidden, outFeatures: labels }));
  }

  /** `[N, L]` to logits `[N, L, labels]`. */
  override forward(ids: Tensor, lengths: Int32Array): Variable {
    const { output } = this.#gru.forward(this.#embedding.forward(ids), { lengths });
    return this.#head.forward(this.#dropout.forward(output));
  }
}
