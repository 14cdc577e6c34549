import { Embedding, Linear, Module, type Variable } from "@rnn/nn";
import type { StoredTensors } from "../../cases.ts";
import { toTensors, type Value } from "../../tensors.ts";
import { makeRecurrentLayer, type RecurrentConfig, type RecurrentLayer } from "../nn/recurrent-layers.ts";

/** The models that the training cases are about. */
export interface SequenceModelConfig {
  readonly cell: "RNN" | "LSTM" | "GRU";
  readonly layer: RecurrentConfig;
  /** Absent: the input is numbers, not indices. */
  readonly embedding?: {
    readonly vocab: number;
    readonly size: number;
    readonly paddingIdx?: number | undefined;
  };
  readonly outputs: number;
}

/** An embedding if there is one, a recurrent layer, and a linear layer: keys `emb.*`, `rnn.*` and `fc.*`. */
export class SequenceModel extends Module {
  readonly #emb: Embedding | null;
  readonly #rnn: RecurrentLayer;
  readonly #fc: Linear;

  constructor({ cell, layer, embedding, outputs }: SequenceModelConfig, params: StoredTensors) {
    super();
    this.#emb = embedding ? this.child("emb", makeEmbedding(embedding)) : null;
    this.#rnn = this.child("rnn", makeRecurrentLayer(cell, layer));
    const inFeatures = layer.hidden_size * (layer.bidirectional ? 2 : 1);
    this.#fc = this.child("fc", new Linear({ inFeatures, outFeatures: outputs }));
    this.loadStateDict(toTensors(params));
  }

  /** Output and state of the recurrent layer. */
  override forward(
    input: Value,
    options: Parameters<RecurrentLayer["forward"]>[1],
  ): ReturnType<RecurrentLayer["forward"]> {
    return this.#rnn.forward(
      this.#emb ? this.#emb.forward(input as Parameters<Embedding["forward"]>[0]) : input,
      options,
    );
  }

  /** The linear layer on features of the recurrent one. */
  readOut(features: Variable): Variable {
    return this.#fc.forward(features);
  }
}

function makeEmbedding({
  vocab,
  size,
  paddingIdx,
}: NonNullable<SequenceModelConfig["embedding"]>): Embedding {
  const padding = paddingIdx === undefined ? {} : { paddingIdx };
  return new Embedding({ numEmbeddings: vocab, embeddingDim: size, ...padding });
}
