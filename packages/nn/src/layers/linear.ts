import { ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { Variable } from "../autograd/variable.ts";
import { linear } from "../functional/linear.ts";
import { checkTensor } from "../functional/operand.ts";
import { kaimingUniform, uniform } from "../init.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkFlag, checkOptions, checkPositive, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { checkParameterOptions, type ParameterOptions, parameterOptionNames } from "./options.ts";

/**
 * Options of {@link Linear}.
 *
 * @public
 */
export interface LinearOptions extends ParameterOptions {
  /** Size of the last dimension of the input. */
  inFeatures: number;
  /** Size of the last dimension of the output. */
  outFeatures: number;
  /** Whether a bias is added. Default `true`. */
  bias?: boolean | undefined;
}

const optionNames: OptionNames<LinearOptions> = {
  inFeatures: true,
  outFeatures: true,
  bias: true,
  ...parameterOptionNames,
};

/**
 * An affine map of the last dimension: `y = x Wᵀ + b`.
 *
 * @remarks
 * Shapes: input `[…, inFeatures]`, output `[…, outFeatures]`. Parameters, as in `torch.nn.Linear`: `weight`
 * `[outFeatures, inFeatures]` and `bias` `[outFeatures]`, both uniform in ±1/√inFeatures.
 *
 * @throws RangeError if a size is not a positive integer.
 * @throws TypeError for an unknown option, or one of another type.
 *
 * @example
 * ```ts
 * import { Linear } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * const layer = new Linear({ inFeatures: 10, outFeatures: 2 });
 * layer.forward(zeros([5, 3, 10])).shape; // => [5, 3, 2]
 * ```
 *
 * @public
 */
export class Linear extends Module {
  /** Size of the last dimension of the input. */
  readonly inFeatures: number;
  /** Size of the last dimension of the output. */
  readonly outFeatures: number;
  /** `[outFeatures, inFeatures]`. */
  readonly weight: Parameter;
  /** `[outFeatures]`, or `null` with `bias: false`. */
  readonly bias: Parameter | null;

  constructor(options: LinearOptions) {
    super();
    const {
      inFeatures,
      outFeatures,
      bias = true,
      dtype = "float32",
      generator,
    } = checkOptions("Linear", options, optionNames);
    checkPositive("Linear", "inFeatures", inFeatures);
    checkPositive("Linear", "outFeatures", outFeatures);
    checkFlag("Linear", "bias", bias);
    checkParameterOptions("Linear", dtype, generator);
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    const weight = kaimingUniform(zeros([outFeatures, inFeatures], { dtype }), {
      a: Math.sqrt(5),
      generator,
    });
    this.weight = this.parameter("weight", new Parameter(weight));
    this.bias = null;
    if (bias) {
      const bound = 1 / Math.sqrt(inFeatures);
      this.bias = this.parameter(
        "bias",
        new Parameter(uniform([outFeatures], -bound, bound, { dtype, generator })),
      );
    }
  }

  /** Class and sizes. */
  override getConfig(): ModuleConfig {
    const { inFeatures, outFeatures } = this;
    return { class: "Linear", inFeatures, outFeatures };
  }

  /**
   * Maps the last dimension of `x`.
   *
   * @throws {@link @rnn/tensor#ShapeError} if the last dimension of `x` is not `inFeatures`.
   * @throws TypeError if `x` is not a tensor of the dtype of the parameters.
   */
  override forward(x: Variable | Tensor): Variable {
    const { shape } = checkTensor("Linear.forward", "input", x);
    const features = shape[shape.length - 1];
    if (features !== this.inFeatures) {
      throw new ShapeError(
        `Linear.forward: input has ${features ?? "no"} features in its last dimension, but inFeatures is ` +
          `${this.inFeatures} (input shape ${printShape(shape)})`,
      );
    }
    return linear(x, this.weight, this.bias);
  }
}
