import { Dropout, Embedding, finalFeatures, GRU, Linear, Module, type Variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";

/** Sizes of a {@link NameClassifier}. */
export interface NameClassifierOptions {
  readonly letters: number;
  readonly languages: number;
  readonly hidden: number;
  readonly dropout: number;
}

/** Reads a name letter by letter in both directions, and classifies it by the final states of both. */
export class NameClassifier extends Module {
  readonly #embedding: Embedding;
  readonly #gru: GRU;
  readonly #dropout: Dropout;
  readonly #head: Linear;

  constructor({ letters, languages, hidden, dropout }: NameClassifierOptions) {
    super();
    this.#embedding = this.child("embedding", new Embedding({ numEmbeddings: letters, embeddingDim: 32 }));
    const layer = { inputSize: 32, hiddenSize: hidden, batchFirst: true, bidirectional: true };
    this.#gru = this.child("gru", new GRU(layer));
    this.#dropout = this.child("dropout", new Dropout({ p: dropout }));
    this.#head = this.child("head", new Linear({ inFeatures: 2 * hidden, outFeatures: languages }));
  }

  /** `[N, L]` letters to logits `[N, languages]`. */
  override forward(ids: Tensor, lengths: Int32Array): Variable {
    const letters = this.#dropout.forward(this.#embedding.forward(ids)); // [N, L, 32]
    const ends = finalFeatures(this.#gru.forward(letters, { lengths })); // [N, 2 * hidden]
    return this.#head.forward(this.#dropout.forward(ends));
  }
}
