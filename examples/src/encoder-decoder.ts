import {
  cat,
  Dropout,
  dotProductAttention,
  Embedding,
  finalFeatures,
  GRU,
  Linear,
  Module,
  noGrad,
  type Variable,
} from "@rnn/nn";
import { argmax, full, type Tensor } from "@rnn/tensor";

/** Sizes of an {@link EncoderDecoder}. */
export interface EncoderDecoderOptions {
  readonly sourceTokens: number;
  readonly targetTokens: number;
  readonly embeddingDim: number;
  /** Must be even: each direction of the encoder has half of the units. */
  readonly hiddenSize: number;
  readonly dropout?: number;
  /** Whether the decoder may look back at every step of the source, or only at the encoder's last states. */
  readonly attention: boolean;
}

/** What the encoder passes to the decoder. */
export interface Memory {
  /** Its output at every step, `[N, S, hiddenSize]`. */
  readonly steps: Variable;
  readonly lengths: Int32Array;
  /** Its last states, from which the decoder starts: `[1, N, hiddenSize]`. */
  readonly h: Variable;
}

/** Reads a whole sequence, then writes another: Sutskever et al. 2014; with attention, Luong et al. 2015. */
export class EncoderDecoder extends Module {
  readonly #source: Embedding;
  readonly #target: Embedding;
  readonly #encoder: GRU;
  readonly #decoder: GRU;
  readonly #combine: Linear | null;
  readonly #dropout: Dropout;
  readonly #head: Linear;

  constructor(options: EncoderDecoderOptions) {
    super();
    const { sourceTokens, targetTokens, embeddingDim, hiddenSize, dropout = 0, attention } = options;
    if (hiddenSize % 2 !== 0) {
      throw new RangeError(
        `hiddenSize must be even, as both directions of the encoder share it, got ${hiddenSize}`,
      );
    }
    const table = (numEmbeddings: number) => new Embedding({ numEmbeddings, embeddingDim });
    const layer = { inputSize: embeddingDim, batchFirst: true };
    this.#source = this.child("source", table(sourceTokens));
    this.#encoder = this.child(
      "encoder",
      new GRU({ ...layer, hiddenSize: hiddenSize / 2, bidirectional: true }),
    );
    this.#target = this.child("target", table(targetTokens));
    this.#decoder = this.child("decoder", new GRU({ ...layer, hiddenSize }));
    const combine = () => new Linear({ inFeatures: 2 * hiddenSize, outFeatures: hiddenSize });
    this.#combine = attention ? this.child("combine", combine()) : null;
    this.#dropout = this.child("dropout", new Dropout({ p: dropout }));
    this.#head = this.child("head", new Linear({ inFeatures: hiddenSize, outFeatures: targetTokens }));
  }

  /** Teacher forcing: logits `[N, T, targetTokens]` of the token after each of the target tokens `previous` `[N, T]`. */
  override forward(source: Tensor, lengths: Int32Array, previous: Tensor): Variable {
    const memory = this.encode(source, lengths);
    return this.decode(previous, memory, memory.h).logits;
  }

  /** Reads source ids `[N, S]`. */
  encode(source: Tensor, lengths: Int32Array): Memory {
    const result = this.#encoder.forward(this.#dropout.forward(this.#source.forward(source)), { lengths });
    return { steps: result.output, lengths, h: finalFeatures(result).unsqueeze(0) };
  }

  /** Continues from a state `h`. The attention weights `[N, T, S]` show which source steps each step looked at. */
  decode(previous: Tensor, { steps, lengths }: Memory, h: Variable) {
    const embedded = this.#dropout.forward(this.#target.forward(previous));
    const { output, state } = this.#decoder.forward(embedded, { state: { h } }); // [N, T, H]
    if (this.#combine === null) return { logits: this.#logits(output), h: state.h, weights: null };
    const seen = dotProductAttention(output, steps, steps, { lengths });
    const combined = this.#combine.forward(cat([seen.output, output], 2)).tanh();
    return { logits: this.#logits(combined), h: state.h, weights: seen.weights };
  }

  /** Writes the most likely token at every step, until each row has come to `end` or is `maxLength` long. */
  greedyDecode(
    source: Tensor,
    lengths: Int32Array,
    tokens: { begin: number; end: number; maxLength: number },
  ): number[][] {
    const rows = Array.from(lengths, (): number[] => []);
    const wasTraining = this.training;
    this.eval();
    noGrad(() => {
      const memory = this.encode(source, lengths);
      let previous = full([rows.length, 1], tokens.begin, { dtype: "int32" });
      let h = memory.h;
      const open = new Set(rows.keys());
      for (let t = 0; t < tokens.maxLength && open.size > 0; t++) {
        const next = this.decode(previous, memory, h);
        previous = argmax(next.logits.value, { dim: 2 }); // [N, 1]
        h = next.h;
        for (const n of open) {
          const token = Number(previous.data[n]);
          if (token === tokens.end) open.delete(n);
          else rows[n]!.push(token);
        }
      }
    });
    this.train(wasTraining);
    return rows;
  }

  #logits(features: Variable): Variable {
    return this.#head.forward(this.#dropout.forward(features));
  }
}
