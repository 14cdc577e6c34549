import { cat, Embedding, GRU, Linear, LSTM, Module, RNN, type Variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";

export type Cell = "RNN" | "LSTM" | "GRU";
/** `{ h }`, with `c` for the LSTM. */
export type State = { readonly h: Variable; readonly c?: Variable };

/** What the three recurrent layers have in common. */
interface Recurrent {
  forward(
    x: Variable | Tensor,
    options?: { state?: State | undefined; lengths?: readonly number[] | undefined },
  ): { output: Variable; state: State };
}

export interface ModelConfig {
  readonly cell: Cell;
  readonly hidden: number;
  readonly layers?: number;
  readonly bidirectional?: boolean;
  readonly vocab?: number;
  readonly embedding?: number;
  readonly padding_idx?: number;
  readonly lengths?: readonly number[];
  readonly input?: number;
  readonly output?: number;
}

const layers = { RNN, LSTM, GRU };

function recurrent(config: ModelConfig, inputSize: number, batchFirst: boolean): Module & Recurrent {
  const { cell, hidden, layers: numLayers = 1, bidirectional = false } = config;
  return new layers[cell]({ inputSize, hiddenSize: hidden, numLayers, bidirectional, batchFirst }) as Module &
    Recurrent;
}

/** Embedding, recurrent layer, last layer's final state (both directions side by side), one logit. */
export class TextClassifier extends Module {
  readonly #config: ModelConfig;
  readonly #emb: Embedding;
  readonly #rnn: Module & Recurrent;
  readonly #fc: Linear;

  constructor(config: ModelConfig) {
    super();
    const { vocab = 1, embedding = 1, hidden, padding_idx: paddingIdx } = config;
    this.#config = config;
    this.#emb = this.child(
      "emb",
      new Embedding({ numEmbeddings: vocab, embeddingDim: embedding, paddingIdx }),
    );
    this.#rnn = this.child("rnn", recurrent(config, embedding, true));
    this.#fc = this.child(
      "fc",
      new Linear({ inFeatures: hidden * (config.bidirectional ? 2 : 1), outFeatures: 1 }),
    );
  }

  override forward(ids: Tensor): Variable {
    const { h } = this.#rnn.forward(this.#emb.forward(ids), { lengths: this.#config.lengths }).state;
    const last = h.select(0, -1);
    const features = this.#config.bidirectional ? cat([h.select(0, -2), last], 1) : last;
    return this.#fc.forward(features).squeeze(1);
  }
}

/** Embedding, recurrent layer, one logit per word at every step. */
export class LanguageModel extends Module {
  readonly #emb: Embedding;
  readonly #rnn: Module & Recurrent;
  readonly #fc: Linear;

  constructor(config: ModelConfig) {
    super();
    const { vocab = 1, embedding = 1, hidden } = config;
    this.#emb = this.child("emb", new Embedding({ numEmbeddings: vocab, embeddingDim: embedding }));
    this.#rnn = this.child("rnn", recurrent(config, embedding, true));
    this.#fc = this.child("fc", new Linear({ inFeatures: hidden, outFeatures: vocab }));
  }

  override forward(ids: Tensor, state: State | undefined): { output: Variable; state: State } {
    const result = this.#rnn.forward(this.#emb.forward(ids), { state });
    return { output: this.#fc.forward(result.output), state: result.state };
  }
}

/** Recurrent layer, time first, and a linear layer at every step. */
export class Tagger extends Module {
  readonly #rnn: Module & Recurrent;
  readonly #fc: Linear;

  constructor(config: ModelConfig) {
    super();
    const { input = 1, hidden, output = 1 } = config;
    this.#rnn = this.child("rnn", recurrent(config, input, false));
    this.#fc = this.child("fc", new Linear({ inFeatures: hidden, outFeatures: output }));
  }

  override forward(x: Tensor, state: State | undefined): { output: Variable; state: State } {
    const result = this.#rnn.forward(x, { state });
    return { output: this.#fc.forward(result.output), state: result.state };
  }
}
