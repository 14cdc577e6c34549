import { type Tensor, zeros } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkWindows, conv1d } from "../functional/conv1d.ts";
import { kaimingUniform, uniform } from "../init.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkFlag, checkOptions, checkPositive, type OptionNames } from "../options-check.ts";
import { checkParameterOptions, type ParameterOptions, parameterOptionNames } from "./options.ts";

/**
 * Options of {@link Conv1d}.
 *
 * @public
 */
export interface Conv1dOptions extends ParameterOptions {
  /** Channels of the input. */
  inChannels: number;
  /** Channels of the output: the number of kernels. */
  outChannels: number;
  /** Number of steps a window covers (with `dilation` 1). */
  kernelSize: number;
  /** Steps between two windows. Default 1. */
  stride?: number | undefined;
  /** Zeros put before and after the input. Default 0. */
  padding?: number | undefined;
  /** Steps between two elements of a window. Default 1. */
  dilation?: number | undefined;
  /** Groups of channels that are convolved separately. Default 1. */
  groups?: number | undefined;
  /** Whether a bias is added. Default `true`. */
  bias?: boolean | undefined;
}

const optionNames: OptionNames<Conv1dOptions> = {
  inChannels: true,
  outChannels: true,
  kernelSize: true,
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
  bias: true,
  ...parameterOptionNames,
};

/**
 * Kernels moved along a sequence: the n-gram detectors of a text CNN.
 *
 * @remarks
 * Shapes: input `[N, inChannels, L]` or `[inChannels, L]`, output `[N, outChannels, M]` or `[outChannels, M]` with
 * `M = floor((L + 2 padding - dilation (kernelSize - 1) - 1) / stride) + 1`. Parameters, as in `torch.nn.Conv1d`:
 * `weight` `[outChannels, inChannels / groups, kernelSize]` and `bias` `[outChannels]`, both uniform in
 * ±1/√(inChannels / groups * kernelSize).
 *
 * @throws RangeError if a size is not a positive integer, or the channels cannot be divided into groups.
 *
 * @example
 * ```ts
 * import { Conv1d } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * const layer = new Conv1d({ inChannels: 4, outChannels: 6, kernelSize: 3 });
 * layer.forward(zeros([2, 4, 9])).shape; // => [2, 6, 7]
 * ```
 *
 * @public
 */
export class Conv1d extends Module {
  /** Channels of the input. */
  readonly inChannels: number;
  /** Channels of the output: the number of kernels. */
  readonly outChannels: number;
  /** Number of steps a window covers (with `dilation` 1). */
  readonly kernelSize: number;
  /** Steps between two windows. */
  readonly stride: number;
  /** Zeros put before and after the input. */
  readonly padding: number;
  /** Steps between two elements of a window. */
  readonly dilation: number;
  /** Groups of channels that are convolved separately. */
  readonly groups: number;
  /** `[outChannels, inChannels / groups, kernelSize]`. */
  readonly weight: Parameter;
  /** `[outChannels]`, or `null` with `bias: false`. */
  readonly bias: Parameter | null = null;

  constructor(options: Conv1dOptions) {
    super();
    const {
      inChannels,
      outChannels,
      kernelSize,
      stride = 1,
      padding = 0,
      dilation = 1,
      groups = 1,
    } = checkOptions("Conv1d", options, optionNames);
    const { dtype = "float32", generator } = options;
    for (const [name, size] of Object.entries({ inChannels, outChannels, kernelSize })) {
      checkPositive("Conv1d", name, size);
    }
    checkWindows("Conv1d", { stride, padding, dilation, groups });
    if (inChannels % groups !== 0 || outChannels % groups !== 0) {
      throw new RangeError(
        `Conv1d: inChannels ${inChannels} and outChannels ${outChannels} must be divisible by groups ${groups}`,
      );
    }
    checkFlag("Conv1d", "bias", options.bias);
    checkParameterOptions("Conv1d", dtype, generator);
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelSize = kernelSize;
    this.stride = stride;
    this.padding = padding;
    this.dilation = dilation;
    this.groups = groups;
    const shape = [outChannels, inChannels / groups, kernelSize];
    const weight = kaimingUniform(zeros(shape, { dtype }), { a: Math.sqrt(5), generator });
    this.weight = this.parameter("weight", new Parameter(weight));
    if (options.bias ?? true) {
      const bound = 1 / Math.sqrt((inChannels / groups) * kernelSize);
      this.bias = this.parameter(
        "bias",
        new Parameter(uniform([outChannels], -bound, bound, { dtype, generator })),
      );
    }
  }

  /** Class and sizes. */
  override getConfig(): ModuleConfig {
    const { stride, padding, dilation, groups } = this;
    return { class: "Conv1d", shape: this.weight.shape, stride, padding, dilation, groups };
  }

  /**
   * Convolves `x` along its last dimension.
   *
   * @throws {@link @rnn/tensor#ShapeError} if `x` has other channels, or is shorter than a window.
   */
  override forward(x: Variable | Tensor): Variable {
    const { stride, padding, dilation, groups } = this;
    return conv1d(x, this.weight, { bias: this.bias ?? undefined, stride, padding, dilation, groups });
  }
}
