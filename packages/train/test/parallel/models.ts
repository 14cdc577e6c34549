import {
  crossEntropy,
  dropout,
  Embedding,
  GRU,
  type GRUState,
  Linear,
  Module,
  mseLoss,
  Parameter,
  type Variable,
} from "@rnn/nn";
import { full, Generator, ones, type Tensor, tensor } from "@rnn/tensor";
import { type SequenceBatch, type TBPTTChunk, tbptt } from "@rnn/train";

type Float = "float32" | "float64";

/** Sentences to a number. */
export class Reader extends Module {
  readonly embedding: Embedding;
  readonly gru: GRU;
  readonly head: Linear;
  /** Takes part in nothing. */
  readonly unused: Linear;

  constructor(dtype: Float = "float64") {
    super();
    const options = { dtype, generator: new Generator(3) };
    this.embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings: 30, embeddingDim: 5, ...options }),
    );
    this.gru = this.child("gru", new GRU({ inputSize: 5, hiddenSize: 7, batchFirst: true, ...options }));
    this.head = this.child("head", new Linear({ inFeatures: 7, outFeatures: 1, ...options }));
    this.unused = this.child("unused", new Linear({ inFeatures: 2, outFeatures: 1, ...options }));
  }

  override forward(ids: Tensor, lengths: Int32Array): Variable {
    const { state } = this.gru.forward(this.embedding.forward(ids), { lengths });
    return this.head.forward(state.h.select(0, -1)).squeeze(1);
  }

  loss({ ids, lengths, targets }: SequenceBatch): Variable {
    return mseLoss(this.forward(ids, lengths), targets);
  }
}

/** A language model over lanes `[L, N]` of one stream, which carries its state on from batch to batch. */
export class Lanes extends Module {
  readonly embedding: Embedding;
  readonly gru: GRU;
  readonly head: Linear;
  #state: GRUState | undefined;

  constructor() {
    super();
    const options = { dtype: "float64", generator: new Generator(4) } as const;
    this.embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings: 6, embeddingDim: 3, ...options }),
    );
    this.gru = this.child("gru", new GRU({ inputSize: 3, hiddenSize: 5, ...options }));
    this.head = this.child("head", new Linear({ inFeatures: 5, outFeatures: 6, ...options }));
  }

  override forward(ids: Tensor, state?: GRUState): { output: Variable; state: GRUState } {
    const result = this.gru.forward(this.embedding.forward(ids), { state });
    return { output: this.head.forward(result.output), state: result.state };
  }

  *chunks(stream: Tensor): Iterable<TBPTTChunk<GRUState>> {
    for (const chunk of tbptt({
      length: stream.shape[0]! - 1,
      k1: 4,
      k2: 6,
      state: this.#state,
      forward: (start, end, state: GRUState | undefined) => this.forward(stream.slice([start, end]), state),
      loss: (output, start, end) =>
        crossEntropy(output.reshape([-1, 6]), stream.slice([start + 1, end + 1]).reshape([-1])),
    })) {
      this.#state = chunk.state;
      yield chunk;
    }
  }
}

/** w under dropout; the numbers of a batch are its samples, and their mean its loss at w = 1 without dropout. */
export class Dropping extends Module {
  readonly w: Parameter = this.parameter("w", new Parameter(ones([200], { dtype: "float64" })));

  override forward(factors: readonly number[]): Variable {
    const factor = factors.reduce((sum, x) => sum + x, 0) / factors.length;
    return dropout(this.w, { training: this.training }).mean().mul(factor);
  }
}

/** a for positive numbers, b for negative ones. */
export class Switching extends Module {
  readonly a: Parameter = this.parameter("a", new Parameter(ones([3], { dtype: "float64" })));
  readonly b: Parameter = this.parameter("b", new Parameter(ones([3], { dtype: "float64" })));

  override forward(xs: readonly number[]): Variable {
    const terms = xs.map((x) => (x < 0 ? this.b : this.a).mean().mul(x));
    return terms.reduce((sum, term) => sum.add(term)).div(xs.length);
  }
}

/** Counts in a buffer how often it was run. */
export class Counting extends Module {
  readonly w: Parameter = this.parameter("w", new Parameter(tensor([0.5], { dtype: "float64" })));
  readonly runs: Tensor = this.buffer("runs", full([2], 0, { dtype: "int32" }));

  override forward(xs: readonly number[]): Variable {
    this.runs.data[0]! += 1;
    this.runs.data[1]! += xs.length;
    return this.w.mul(xs.reduce((sum, x) => sum + x, 0) / xs.length).sum();
  }
}
