import { Tensor } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkIndices } from "../functional/embedding.ts";
import { tensorOf } from "../functional/operand.ts";
import { uniform } from "../init.ts";
import { EmbeddingBag } from "../layers/embedding-bag.ts";
import { parameterOptionNames } from "../layers/options.ts";
import type { Sequential } from "../layers/sequential.ts";
import type { Lengths } from "../lengths.ts";
import { Module } from "../module.ts";
import { checkOptions, checkPositive, type OptionNames } from "../options-check.ts";
import type { TextBaselineOptions } from "./concat-mlp.ts";
import { hiddenSizesOf, perceptron } from "./perceptron.ts";
import { lengthsOfTexts, type TextForwardOptions } from "./texts.ts";

/**
 * Options of {@link BagOfWords}.
 *
 * @public
 */
export interface BagOfWordsOptions extends Omit<TextBaselineOptions, "embeddingDim" | "dropout"> {
  /** Whether words are counted (`"sum"`), or counted and divided by their number (`"mean"`). Default `"sum"`. */
  mode?: "sum" | "mean" | undefined;
  /** Units of a hidden layer, or of each of several. Default: none, which makes it a logistic regression. */
  hiddenSize?: number | readonly number[] | undefined;
}

const optionNames: OptionNames<BagOfWordsOptions> = {
  numEmbeddings: true,
  outFeatures: true,
  paddingIdx: true,
  mode: true,
  hiddenSize: true,
  ...parameterOptionNames,
};

/**
 * A classifier of word counts, blind to the order of the words: `W counts + b`, with layers on top if wanted.
 *
 * @remarks
 * Shapes: ids int32 `[N, L]`, logits `[N, outFeatures]`. Counts are never written down: each word adds its column of W, so
 * a large vocabulary costs memory for W alone. Parameters: `words.weight` `[numEmbeddings, units]`, which is Wᵀ, and `bias`
 * `[units]`, uniform in ±1/√numEmbeddings as in a {@link Linear} on the counts; with hidden layers, after a ReLU,
 * `mlp.0.weight`, `mlp.0.bias`, … of the rest.
 *
 * @throws RangeError if a size is not a positive integer.
 *
 * @example
 * ```ts
 * import { BagOfWords } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const model = new BagOfWords({ numEmbeddings: 50, outFeatures: 2 });
 * const logits = model.forward(tensor([[3, 7, 7], [7, 3, 7]], { dtype: "int32" }));
 * logits.select(0, 0).sub(logits.select(0, 1)).abs().max().item() < 1e-6; // => true
 * // 'not good but new' and 'not new but good' look the same
 * ```
 *
 * @public
 */
export class BagOfWords extends Module {
  readonly #words: EmbeddingBag;
  readonly #bias: Parameter;
  readonly #mlp: Sequential | null;

  constructor(options: BagOfWordsOptions) {
    super();
    const {
      numEmbeddings,
      outFeatures,
      hiddenSize = [],
      mode = "sum",
      ...rest
    } = checkOptions("BagOfWords", options, optionNames);
    const { paddingIdx, dtype, generator } = rest;
    checkPositive("BagOfWords", "numEmbeddings", numEmbeddings);
    checkPositive("BagOfWords", "outFeatures", outFeatures);
    const [units = outFeatures, ...above] = [...hiddenSizesOf("BagOfWords", hiddenSize), outFeatures];
    const bound = 1 / Math.sqrt(numEmbeddings);
    const draw = (shape: number[]): Tensor => uniform(shape, -bound, bound, { dtype, generator });
    const initial = draw([numEmbeddings, units]);
    this.#words = this.child(
      "words",
      new EmbeddingBag({ numEmbeddings, embeddingDim: units, mode, paddingIdx, initial }),
    );
    this.#bias = this.parameter("bias", new Parameter(draw([units])));
    this.#mlp =
      above.length === 0 ? null : this.child("mlp", perceptron(units, above, 0, { dtype, generator }));
  }

  /**
   * Logits of texts.
   *
   * @throws {@link @rnn/tensor#ShapeError} if `ids` do not have two dimensions, or `lengths` not one entry per row.
   * @throws RangeError if a length is not an integer from 0 to L, or an id not one of the vocabulary.
   */
  override forward(ids: Variable | Tensor, options: TextForwardOptions = {}): Variable {
    const lengths = lengthsOfTexts("BagOfWords.forward", ids, options);
    const values = tensorOf(ids);
    checkIndices("BagOfWords.forward", values, this.#words.numEmbeddings);
    const [tokens, offsets] = joined(values, lengths);
    const first = this.#words.forward(tokens, offsets).add(this.#bias);
    return this.#mlp === null ? first : this.#mlp.forward(first.relu());
  }
}

/** The tokens of all texts one after another, and where each text starts. */
function joined({ data, strides, offset }: Tensor, lengths: Lengths): [tokens: Tensor, offsets: Tensor] {
  const offsets = new Int32Array(lengths.length);
  let total = 0;
  lengths.forEach((length, n) => {
    offsets[n] = total;
    total += length;
  });
  const tokens = new Int32Array(total);
  for (let n = 0, to = 0; n < lengths.length; n++) {
    const start = offset + n * strides[0]!;
    for (let t = 0; t < lengths[n]!; t++) tokens[to++] = data[start + t * strides[1]!]!;
  }
  return [new Tensor(tokens, [total]), new Tensor(offsets, [lengths.length])];
}
