import { ones, type Tensor, zeros } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { Variable } from "../autograd/variable.ts";
import { layerNorm } from "../functional/layer-norm.ts";
import { Module, type ModuleConfig } from "../module.ts";
import {
  checkFlag,
  checkNonNegative,
  checkOptions,
  checkPositive,
  type OptionNames,
} from "../options-check.ts";
import { checkParameterOptions, type ParameterOptions } from "./options.ts";

/**
 * Options of {@link LayerNorm}.
 *
 * @public
 */
export interface LayerNormOptions extends Pick<ParameterOptions, "dtype"> {
  /** The last dimensions, which are normalized together; a number for just the last one. */
  normalizedShape: number | readonly number[];
  /** Added to the variance. Default 1e-5. */
  eps?: number | undefined;
  /** Whether there are a weight and a bias. Default `true`. */
  elementwiseAffine?: boolean | undefined;
}

const optionNames: OptionNames<LayerNormOptions> = {
  normalizedShape: true,
  eps: true,
  elementwiseAffine: true,
  dtype: true,
};

/**
 * Brings the last dimensions of its input to mean 0 and variance 1, then scales and shifts them as learned.
 *
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`
 *
 * @remarks
 * Shapes: input and output `[…, ...normalizedShape]`. Parameters, as in `torch.nn.LayerNorm`: `weight` of ones and `bias`
 * of zeros, both of shape `normalizedShape`. Source: Ba et al. 2016.
 *
 * @throws RangeError if `normalizedShape` is not made of positive integers.
 *
 * @example
 * ```ts
 * import { LayerNorm, variable } from "@rnn/nn";
 *
 * new LayerNorm({ normalizedShape: 2, eps: 0 }).forward(variable([[1, 3]])).value.toArray(); // => [[-1, 1]]
 * ```
 *
 * @public
 */
export class LayerNorm extends Module {
  /** The last dimensions, which are normalized together. */
  readonly normalizedShape: readonly number[];
  /** Added to the variance. */
  readonly eps: number;
  /** `null` without `elementwiseAffine`. */
  readonly weight: Parameter | null = null;
  /** `null` without `elementwiseAffine`. */
  readonly bias: Parameter | null = null;

  constructor(options: LayerNormOptions) {
    super();
    checkOptions("LayerNorm", options, optionNames);
    const { normalizedShape, eps = 1e-5, elementwiseAffine = true, dtype = "float32" } = options;
    const shape = Array.isArray(normalizedShape)
      ? [...(normalizedShape as number[])]
      : [normalizedShape as number];
    if (shape.length === 0)
      throw new RangeError("LayerNorm: normalizedShape needs at least one dimension, got []");
    for (const size of shape) checkPositive("LayerNorm", "normalizedShape", size);
    checkFlag("LayerNorm", "elementwiseAffine", elementwiseAffine);
    checkParameterOptions("LayerNorm", dtype, undefined);
    checkNonNegative("LayerNorm", "eps", eps);
    this.normalizedShape = shape;
    this.eps = eps;
    if (elementwiseAffine) {
      this.weight = this.parameter("weight", new Parameter(ones(shape, { dtype })));
      this.bias = this.parameter("bias", new Parameter(zeros(shape, { dtype })));
    }
  }

  /** Class and sizes. */
  override getConfig(): ModuleConfig {
    const { normalizedShape, eps } = this;
    return { class: "LayerNorm", normalizedShape, eps };
  }

  /**
   * Normalizes `x`.
   *
   * @throws {@link @rnn/tensor#ShapeError} if the last dimensions of `x` are not `normalizedShape`.
   */
  override forward(x: Variable | Tensor): Variable {
    const { normalizedShape, eps } = this;
    return layerNorm(x, normalizedShape, {
      eps,
      weight: this.weight ?? undefined,
      bias: this.bias ?? undefined,
    });
  }
}
