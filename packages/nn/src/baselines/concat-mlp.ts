import { ShapeError, type Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { Embedding } from "../layers/embedding.ts";
import { Linear } from "../layers/linear.ts";
import { type ParameterOptions, parameterOptionNames } from "../layers/options.ts";
import type { Sequential } from "../layers/sequential.ts";
import { Module } from "../module.ts";
import { checkOptions, checkPositive, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { hiddenSizesOf, perceptron } from "./perceptron.ts";
import { embedTexts, lengthsOfTexts, type TextForwardOptions } from "./texts.ts";

/**
 * Options of the text classifiers that are baselines of recurrent ones.
 *
 * @public
 */
export interface TextBaselineOptions extends ParameterOptions {
  /** Number of token ids. */
  numEmbeddings: number;
  /** Numbers per token. */
  embeddingDim: number;
  /** Number of logits: 1 for two classes with `bceWithLogits`, else one per class. */
  outFeatures: number;
  /** The id of padding, whose vector is zero and stays so. */
  paddingIdx?: number | undefined;
  /** Probability of dropping a unit before the last layer. Default 0. */
  dropout?: number | undefined;
}

/** The names of {@link TextBaselineOptions}. */
export const textBaselineOptionNames: OptionNames<TextBaselineOptions> = {
  numEmbeddings: true,
  embeddingDim: true,
  outFeatures: true,
  paddingIdx: true,
  dropout: true,
  ...parameterOptionNames,
};

/**
 * Options of {@link ConcatMLP}.
 *
 * @public
 */
export interface ConcatMLPOptions extends TextBaselineOptions {
  /** Number of tokens of every text: shorter ones are padded, longer ones cut. */
  sequenceLength: number;
  /** Units of the hidden layer, or of each of several. Default 64. */
  hiddenSize?: number | readonly number[] | undefined;
  /**
   * Size that the vector of each token is mapped to first, `z_i = W x_i + b`, with the same weights at every position.
   * Default: no such layer.
   */
  sharedSize?: number | undefined;
}

const optionNames: OptionNames<ConcatMLPOptions> = {
  sequenceLength: true,
  hiddenSize: true,
  sharedSize: true,
  ...textBaselineOptionNames,
};

/**
 * A multilayer perceptron on the embeddings of all tokens, one after the other: the baseline without any idea of a sequence.
 *
 * @remarks
 * Shapes: ids int32 `[N, sequenceLength]`, logits `[N, outFeatures]`. Every position has weights of its own, so nothing learned
 * about a word in one place helps in another: what recurrent and convolutional networks mend, and `sharedSize` in part.
 * Parameters: `embedding.weight`, with `sharedSize` `shared.weight` and `shared.bias`, then `mlp.0.weight`, `mlp.0.bias`, …
 * with ReLU between the layers.
 *
 * @throws RangeError if a size is not a positive integer.
 *
 * @example
 * ```ts
 * import { ConcatMLP } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * const model = new ConcatMLP({ numEmbeddings: 50, embeddingDim: 4, sequenceLength: 6, hiddenSize: 8, outFeatures: 2 });
 * model.forward(zeros([3, 6], { dtype: "int32" })).shape; // => [3, 2]
 * ```
 *
 * @public
 */
export class ConcatMLP extends Module {
  /** Number of tokens of every text. */
  readonly sequenceLength: number;
  readonly #embedding: Embedding;
  readonly #shared: Linear | null;
  readonly #mlp: Sequential;

  constructor(options: ConcatMLPOptions) {
    super();
    const {
      sequenceLength,
      hiddenSize = 64,
      sharedSize,
      numEmbeddings,
      embeddingDim,
      paddingIdx,
      outFeatures,
      dropout = 0,
      dtype,
      generator,
    } = checkOptions("ConcatMLP", options, optionNames);
    checkPositive("ConcatMLP", "sequenceLength", sequenceLength);
    const sizes = hiddenSizesOf("ConcatMLP", hiddenSize);
    const weights = { dtype, generator };
    this.sequenceLength = sequenceLength;
    this.#embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings, embeddingDim, paddingIdx, ...weights }),
    );
    this.#shared =
      sharedSize === undefined
        ? null
        : this.child("shared", new Linear({ inFeatures: embeddingDim, outFeatures: sharedSize, ...weights }));
    const inFeatures = sequenceLength * (sharedSize ?? embeddingDim);
    this.#mlp = this.child("mlp", perceptron(inFeatures, [...sizes, outFeatures], dropout, weights));
  }

  /**
   * Logits of texts.
   *
   * @throws {@link @rnn/tensor#ShapeError} if the texts do not have `sequenceLength` tokens, or `lengths` not one entry per row.
   * @throws RangeError if a length is not an integer from 0 to `sequenceLength`.
   */
  override forward(ids: Variable | Tensor, options: TextForwardOptions = {}): Variable {
    const where = "ConcatMLP.forward";
    const { sequenceLength } = this;
    const expected = `[N,${sequenceLength}] = [N,sequenceLength]`;
    const lengths = lengthsOfTexts(where, ids, options, expected);
    if (ids.shape[1] !== sequenceLength) {
      throw new ShapeError(`${where}: ids have shape ${printShape(ids.shape)}, expected ${expected}`);
    }
    const embedded = embedTexts(this.#embedding, ids, lengths);
    const tokens = this.#shared === null ? embedded : this.#shared.forward(embedded);
    return this.#mlp.forward(tokens.reshape([lengths.length, -1]));
  }
}
