import { type Tensor, zeros } from "@rnn/tensor";
import { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { cat } from "../functional/cat.ts";
import { maxOverTime } from "../functional/max-over-time.ts";
import { Conv1d } from "../layers/conv1d.ts";
import { Dropout } from "../layers/dropout.ts";
import { Embedding } from "../layers/embedding.ts";
import { Linear } from "../layers/linear.ts";
import type { Lengths } from "../lengths.ts";
import { Module } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { type TextBaselineOptions, textBaselineOptionNames } from "./concat-mlp.ts";
import { embedTexts, lengthsOfTexts, type TextForwardOptions } from "./texts.ts";

/**
 * Options of {@link TextCNN}.
 *
 * @public
 */
export interface TextCNNOptions extends TextBaselineOptions {
  /** Numbers of neighbouring tokens that kernels look at. Default `[3, 4, 5]`. */
  kernelSizes?: readonly number[] | undefined;
  /** Kernels of each size. Default 100. */
  numKernels?: number | undefined;
}

const optionNames: OptionNames<TextCNNOptions> = {
  kernelSizes: true,
  numKernels: true,
  ...textBaselineOptionNames,
};

/**
 * A convolutional network on text: kernels that look for word groups anywhere, and the strongest hit of each.
 *
 * @remarks
 * Shapes: ids int32 `[N, L]`, rows padded to the longest, logits `[N, outFeatures]`. With `lengths` what a row gives does not
 * depend on how far it was padded: kernels see zeros past its end, and no window beyond. Parameters: `embedding.weight`,
 * `convs.0.weight`, `convs.0.bias`, … for each kernel size, `linear.weight`, `linear.bias`. Source: Kim 2014.
 *
 * @throws RangeError if a size is not a positive integer, or there is no kernel size.
 *
 * @example
 * ```ts
 * import { TextCNN } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * const model = new TextCNN({ numEmbeddings: 50, embeddingDim: 4, kernelSizes: [2, 3], numKernels: 8, outFeatures: 1 });
 * model.forward(zeros([3, 6], { dtype: "int32" }), { lengths: [6, 1, 0] }).shape; // => [3, 1]
 * ```
 *
 * @public
 */
export class TextCNN extends Module {
  /** Numbers of neighbouring tokens that kernels look at. */
  readonly kernelSizes: readonly number[];
  readonly #embedding: Embedding;
  readonly #convs: Convolutions;
  readonly #dropout: Dropout;
  readonly #linear: Linear;

  constructor(options: TextCNNOptions) {
    super();
    checkOptions("TextCNN", options, optionNames);
    const {
      numEmbeddings,
      embeddingDim,
      paddingIdx,
      kernelSizes = [3, 4, 5],
      numKernels = 100,
      outFeatures,
    } = options;
    const { dropout = 0, dtype, generator } = options;
    if (!Array.isArray(kernelSizes) || kernelSizes.length === 0) {
      throw new RangeError(
        `TextCNN: kernelSizes must be a list of at least one size, got ${describe(kernelSizes)}`,
      );
    }
    this.kernelSizes = [...kernelSizes];
    this.#embedding = this.child(
      "embedding",
      new Embedding({ numEmbeddings, embeddingDim, paddingIdx, dtype, generator }),
    );
    const layers = this.kernelSizes.map(
      (kernelSize) =>
        new Conv1d({ inChannels: embeddingDim, outChannels: numKernels, kernelSize, dtype, generator }),
    );
    this.#convs = this.child("convs", new Convolutions(layers));
    this.#dropout = this.child("dropout", new Dropout({ p: dropout, generator }));
    this.#linear = this.child(
      "linear",
      new Linear({ inFeatures: numKernels * kernelSizes.length, outFeatures, dtype, generator }),
    );
  }

  /**
   * Logits of texts.
   *
   * @param options - `lengths`: how many tokens each row has; all of them if absent
   * @throws {@link @rnn/tensor#ShapeError} if `ids` do not have two dimensions, or `lengths` not one entry per row.
   * @throws RangeError if a length is not an integer from 0 to L.
   */
  override forward(ids: Variable | Tensor, options: TextForwardOptions = {}): Variable {
    const lengths = lengthsOfTexts("TextCNN.forward", ids, options);
    const embedded = embedTexts(this.#embedding, ids, lengths);
    const found = this.#convs.forward(padded(embedded, Math.max(...this.kernelSizes)), lengths);
    return this.#linear.forward(this.#dropout.forward(found));
  }
}

/** The convolutions of all kernel sizes, and the largest response of each kernel. */
class Convolutions extends Module {
  readonly #layers: readonly Conv1d[];

  constructor(layers: readonly Conv1d[]) {
    super();
    this.#layers = layers.map((layer, i) => this.child(String(i), layer));
  }

  /** `x` `[N, L, E]` to `[N, kernels]`. */
  override forward(x: Variable, lengths: Lengths): Variable {
    const channelsFirst = x.transpose(1, 2);
    const found = this.#layers.map((layer) => {
      const responses = layer.forward(channelsFirst).relu().transpose(1, 2); // [N, windows, kernels]
      // a window that begins with a token and fits, but at least the first one
      const windows = Int32Array.from(lengths, (length) => Math.max(1, length - layer.kernelSize + 1));
      return maxOverTime(responses, windows, { batchFirst: true });
    });
    return cat(found, 1);
  }
}

/** `x` `[N, L, E]` with zeros appended until a window of `least` steps fits. */
function padded(x: Variable, least: number): Variable {
  const [batch, steps, width] = x.shape as [number, number, number];
  if (steps >= least) return x;
  return cat([x, new Variable(zeros([batch, least - steps, width], { dtype: x.dtype }))], 1);
}
