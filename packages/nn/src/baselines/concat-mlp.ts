import { ShapeError, type Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { tensorAt } from "../functional/operand.ts";
import { ReLU } from "../layers/activations.ts";
import { Dropout } from "../layers/dropout.ts";
import { Embedding } from "../layers/embedding.ts";
import { Linear } from "../layers/linear.ts";
import { type ParameterOptions, parameterOptionNames } from "../layers/options.ts";
import { Sequential, type Step } from "../layers/sequential.ts";
import { Module } from "../module.ts";
import { checkOptions, checkPositive, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";

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
}

const optionNames: OptionNames<ConcatMLPOptions> = {
  sequenceLength: true,
  hiddenSize: true,
  ...textBaselineOptionNames,
};

/**
 * A multilayer perceptron on the embeddings of all tokens, one after the other: the baseline without any idea of a sequence.
 *
 * @remarks
 * Shapes: ids int32 `[N, sequenceLength]`, logits `[N, outFeatures]`. Every position has weights of its own, so nothing learned
 * about a word in one place helps in another: what recurrent and convolutional networks mend. Parameters:
 * `embedding.weight`, then `mlp.0.weight`, `mlp.0.bias`, … with ReLU between the layers.
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
  readonly #mlp: Sequential;

  constructor(options: ConcatMLPOptions) {
    super();
    const {
      sequenceLength,
      hiddenSize = 64,
      numEmbeddings,
      embeddingDim,
      paddingIdx,
      outFeatures,
      dropout = 0,
      dtype,
      generator,
    } = checkOptions("ConcatMLP", options, optionNames);
    checkPositive("ConcatMLP", "sequenceLength", sequenceLength);
    const sizes = Array.isArray(hiddenSize) ? (hiddenSize as readonly number[]) : [hiddenSize as number];
    for (const size of sizes) checkPositive("ConcatMLP", "hiddenSize", size);
    this.sequenceLength = sequenceLength;
    this.#embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings, embeddingDim, paddingIdx, dtype, generator }),
    );
    const steps: Step[] = [];
    let inFeatures = sequenceLength * embeddingDim;
    for (const size of sizes) {
      steps.push(new Linear({ inFeatures, outFeatures: size, dtype, generator }), new ReLU());
      inFeatures = size;
    }
    if (dropout !== 0) steps.push(new Dropout({ p: dropout, generator }));
    steps.push(new Linear({ inFeatures, outFeatures, dtype, generator }));
    this.#mlp = this.child("mlp", new Sequential(steps));
  }

  /**
   * Logits of texts.
   *
   * @throws {@link @rnn/tensor#ShapeError} if the texts do not have `sequenceLength` tokens.
   */
  override forward(ids: Variable | Tensor): Variable {
    const { sequenceLength } = this;
    if (tensorAt("ConcatMLP.forward", "ids", ids).ndim !== 2 || ids.shape[1] !== sequenceLength) {
      throw new ShapeError(
        `ConcatMLP.forward: ids have shape ${printShape(ids.shape)}, expected [N,${sequenceLength}] = [N,sequenceLength]`,
      );
    }
    return this.#mlp.forward(this.#embedding.forward(ids).reshape([ids.shape[0] as number, -1]));
  }
}
