import type { Parameter } from "@rnn/nn";
import { checkBoolean, checkLimit, checkOptions, describe, type OptionNames } from "./check.ts";
import { parametersOf } from "./check-parameters.ts";
import { describeNonFinite, gradientsOf, normOf, scaleDown } from "./gradients.ts";

/**
 * Options of {@link clipGradNorm}.
 *
 * @public
 */
export interface ClipGradNormOptions {
  /** Which norm: any number above 0, or `Infinity` for the largest absolute value. Default 2. */
  normType?: number | undefined;
  /** Throw when the norm is NaN or infinite, before anything is changed. Default `false`. */
  errorIfNonfinite?: boolean | undefined;
}

const OPTIONS: OptionNames<ClipGradNormOptions> = { normType: true, errorIfNonfinite: true };

/**
 * Scales all gradients together so that their common norm is at most `maxNorm`, and returns the norm before.
 *
 * norm = (Σ |g|^p)^(1/p) over every element of every gradient; each gradient is multiplied by
 * min(1, maxNorm / (norm + 1e-6)).
 *
 * @remarks
 * In place; the direction of the step is kept. The sum is taken in float64. Parameters without a gradient are
 * skipped. With `maxNorm: Infinity` nothing changes and the norm is only measured. A norm that is not finite
 * spreads into the gradients, as in PyTorch, unless `errorIfNonfinite` is set.
 *
 * It is the norm that is compared with the threshold. Some lecture slides compare its square: their threshold θ
 * is `maxNorm: Math.sqrt(θ)` here.
 *
 * The arithmetic of `torch.nn.utils.clip_grad_norm_`. Source: Pascanu et al. 2013.
 *
 * @param parameters - one parameter or several, such as `model.parameters()`
 * @param maxNorm - the largest norm allowed, at least 0
 * @returns the norm before clipping; 0 if there are no gradients
 * @throws TypeError for something that is not a parameter, or an unknown option.
 * @throws RangeError if `maxNorm` or `normType` is out of range, or for a norm that is not finite when asked to.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { clipGradNorm } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([0, 0]));
 * weight.grad = tensor([3, 4]);
 * clipGradNorm([weight], 1); // => 5
 * weight.grad.toArray(); // => [0.60, 0.80]
 * ```
 *
 * @public
 */
export function clipGradNorm(
  parameters: Parameter | Iterable<Parameter>,
  maxNorm: number,
  options: ClipGradNormOptions = {},
): number {
  checkOptions("clipGradNorm", options, OPTIONS);
  const { normType = 2, errorIfNonfinite = false } = options;
  checkLimit("clipGradNorm", "maxNorm", maxNorm);
  checkBoolean("clipGradNorm", "errorIfNonfinite", errorIfNonfinite);
  if (typeof normType !== "number" || !(normType > 0)) {
    throw new RangeError(
      `clipGradNorm: normType must be a number > 0 or Infinity, got ${describe(normType)}`,
    );
  }
  const list = parametersOf("clipGradNorm", parameters);
  const gradients = gradientsOf(list);
  const norm = normOf(gradients, normType);
  if (errorIfNonfinite && !Number.isFinite(norm)) {
    throw new RangeError(`clipGradNorm: gradient norm is ${norm}; ${describeNonFinite(list)}`);
  }
  // NaN spreads into the zeros too, and reading a gradient makes it whole
  if (Number.isNaN(norm)) for (const parameter of list) void parameter.grad;
  scaleDown(Number.isNaN(norm) ? gradientsOf(list) : gradients, norm, maxNorm);
  return norm;
}

/**
 * Limits every element of every gradient to -clipValue..clipValue, in place.
 *
 * @remarks
 * Unlike {@link clipGradNorm} this changes the direction of the step. `torch.nn.utils.clip_grad_value_`.
 *
 * @param parameters - one parameter or several, such as `model.parameters()`
 * @param clipValue - the largest absolute value allowed, at least 0
 * @throws TypeError for something that is not a parameter.
 * @throws RangeError if `clipValue` is not a number of at least 0.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { clipGradValue } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([0, 0]));
 * weight.grad = tensor([3, -0.25]);
 * clipGradValue([weight], 0.5);
 * weight.grad.toArray(); // => [0.5, -0.25]
 * ```
 *
 * @public
 */
export function clipGradValue(parameters: Parameter | Iterable<Parameter>, clipValue: number): void {
  checkLimit("clipGradValue", "clipValue", clipValue);
  for (const gradient of gradientsOf(parametersOf("clipGradValue", parameters))) {
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i]!;
      if (g > clipValue) gradient[i] = clipValue;
      else if (g < -clipValue) gradient[i] = -clipValue;
    }
  }
}
