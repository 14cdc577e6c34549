import { BagOfWords, ConcatMLP, Module, TextCNN, type Variable } from "@rnn/nn";
import { type Generator, pad } from "@rnn/tensor";
import { EMBEDDING_STD, PADDING, type TextBlock } from "../model.ts";
import type { BaselineConfig } from "./config.ts";

/** Sizes of the word groups that a text CNN looks at. */
export const KERNEL_SIZES: readonly number[] = [3, 4, 5];

/** The models of the library that recurrent networks are compared with, as text classifiers like the recurrent one. */
export class BaselineClassifier extends Module {
  readonly config: BaselineConfig;
  readonly #network: BagOfWords | ConcatMLP | TextCNN;

  /** Weights are drawn from `generator`, then so is dropout. */
  constructor(config: BaselineConfig, generator: Generator) {
    super();
    this.config = config;
    this.#network = this.child("network", networkOf(config, generator));
    // as the recurrent model's, for the same reason
    const embedding = new Map(this.#network.namedParameters()).get("embedding.weight");
    if (embedding === undefined) return;
    embedding.value.data.forEach((value, i, data) => {
      data[i] = EMBEDDING_STD * value;
    });
    embedding.markChanged();
  }

  /** Logits `[N, 1]` for two classes, `[N, classes]` otherwise. */
  override forward({ ids, lengths }: TextBlock): Variable {
    if (this.config.kind !== "mlp") return this.#network.forward(ids, { lengths });
    const { length } = this.config;
    const cut = lengths.map((own) => Math.min(own, length));
    const exact = pad(ids, [0, length - ids.shape[1]!], { value: PADDING }); // a negative number cuts
    return this.#network.forward(exact, { lengths: cut });
  }
}

function networkOf(config: BaselineConfig, generator: Generator): BagOfWords | ConcatMLP | TextCNN {
  const { kind, words: numEmbeddings, classes } = config;
  const shared = { numEmbeddings, paddingIdx: PADDING, outFeatures: classes === 2 ? 1 : classes, generator };
  if (kind === "bag-of-words") return new BagOfWords(shared);
  const { embedding: embeddingDim, dropout } = config;
  if (kind === "mlp") {
    const { length: sequenceLength, hidden: hiddenSize } = config;
    return new ConcatMLP({ ...shared, embeddingDim, dropout, sequenceLength, hiddenSize });
  }
  return new TextCNN({
    ...shared,
    embeddingDim,
    dropout,
    kernelSizes: KERNEL_SIZES,
    numKernels: config.kernels,
  });
}
