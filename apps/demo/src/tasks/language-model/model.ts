import {
  Dropout,
  Embedding,
  GRU,
  init,
  Linear,
  LSTM,
  linear,
  Module,
  Parameter,
  type Streamable,
  type Variable,
} from "@rnn/nn";
import { type Generator, type Tensor, zeros } from "@rnn/tensor";

/** What a language model is built from. */
export interface LanguageModelConfig {
  readonly cell: "lstm" | "gru";
  /** Rows of the embedding, and classes of the output: the size of the vocabulary. */
  readonly tokens: number;
  /** Numbers per token. */
  readonly embedding: number;
  /** Units per layer. */
  readonly hidden: number;
  readonly layers: number;
  readonly dropout: number;
  /** Whether the output layer uses the embedding as its weights; then `embedding` equals `hidden`. */
  readonly tied: boolean;
}

/** The recurrent state: of a GRU `h` alone. So wide that both layers fit where a state is taken and where it is returned. */
export interface LanguageModelState {
  readonly h: Variable | Tensor;
  readonly c?: Variable | Tensor | undefined;
}

/**
 * Predicts every token of a text from those before it: embedding, recurrent layers, dropout, linear layer.
 *
 * Dropout acts on everything that goes up, never on what goes on in time (Zaremba et al. 2014).
 */
export class LanguageModel extends Module {
  readonly config: LanguageModelConfig;
  readonly #embedding: Embedding;
  /** LSTM or GRU. */
  readonly recurrent: Streamable<Variable | Tensor, LanguageModelState>;
  readonly #dropout: Dropout;
  readonly #output: Linear | null = null;
  readonly #bias: Parameter | null = null;

  /** Weights are drawn from `generator`, uniform in ±`initial` if that is given; dropout too. */
  constructor(config: LanguageModelConfig, generator: Generator, initial?: number) {
    super();
    this.config = config;
    const { cell, tokens, embedding, hidden, layers, dropout, tied } = config;
    this.#embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings: tokens, embeddingDim: embedding, generator }),
    );
    const sizes = { inputSize: embedding, hiddenSize: hidden, numLayers: layers };
    const recurrent = { ...sizes, dropout: layers > 1 ? dropout : 0, generator };
    this.recurrent = this.child(cell, cell === "lstm" ? new LSTM(recurrent) : new GRU(recurrent));
    this.#dropout = this.child("dropout", new Dropout({ p: dropout, generator }));
    if (tied) this.#bias = this.parameter("bias", new Parameter(zeros([tokens])));
    else
      this.#output = this.child("output", new Linear({ inFeatures: hidden, outFeatures: tokens, generator }));
    if (initial === undefined) return;
    for (const parameter of this.parameters()) init.uniform(parameter, -initial, initial, { generator });
  }

  /** Logits `[L, N, tokens]` for the token after each of `ids` `[L, N]`, and the state after the last. */
  override forward(
    ids: Tensor,
    { state }: { state?: LanguageModelState | undefined } = {},
  ): { output: Variable; state: LanguageModelState } {
    const read = this.recurrent.forward(this.embed(ids), { state });
    return { output: this.logits(read.output), state: read.state };
  }

  /** The vectors of `ids`, as the recurrent layers read them. */
  embed(ids: Tensor): Variable {
    return this.#dropout.forward(this.#embedding.forward(ids));
  }

  /** Logits from what the last recurrent layer says. */
  logits(features: Variable | Tensor): Variable {
    const kept = this.#dropout.forward(features);
    return this.#output?.forward(kept) ?? linear(kept, this.#embedding.weight, this.#bias);
  }
}
