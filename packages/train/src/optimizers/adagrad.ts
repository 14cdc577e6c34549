import { checkBoolean, checkNumber } from "../check.ts";
import { updateInChunks } from "../kernels/chunks.ts";
import { adagradKernels } from "../kernels/update-kernels.ts";
import type { OptimizedParameters, Resolved } from "./parameter-groups.ts";
import { RuleOptimizer } from "./rule-optimizer.ts";
import type { KernelRule, ParameterState } from "./update-rule.ts";

/**
 * Options of {@link Adagrad}, for all parameters or for one group.
 *
 * @public
 */
export interface AdagradOptions {
  /** Step size, at least 0. Default 0.01. */
  learningRate?: number | undefined;
  /** The step size is divided by 1 + this times the number of earlier updates. At least 0. Default 0. */
  learningRateDecay?: number | undefined;
  /** L2 penalty: this times the parameter is added to its gradient. At least 0. Default 0. */
  weightDecay?: number | undefined;
  /** What the sums of squares start at, at least 0. Default 0. */
  initialAccumulatorValue?: number | undefined;
  /** Added to the denominator, at least 0. Default 1e-10. */
  eps?: number | undefined;
  /** Go up the gradient instead of down. Default `false`. */
  maximize?: boolean | undefined;
}

const adagrad: KernelRule<AdagradOptions> = {
  name: "Adagrad",
  defaults: {
    learningRate: 1e-2,
    learningRateDecay: 0,
    weightDecay: 0,
    initialAccumulatorValue: 0,
    eps: 1e-10,
    maximize: false,
  },
  buffers: ["sum"],

  check(where, options) {
    const { learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, eps } = options;
    checkNumber(where, "learningRate", learningRate, { min: 0 });
    checkNumber(where, "learningRateDecay", learningRateDecay, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkNumber(where, "initialAccumulatorValue", initialAccumulatorValue, { min: 0 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkBoolean(where, "maximize", options.maximize);
  },

  update(w, dw, state, options) {
    const { weightDecay, eps, initialAccumulatorValue } = options;
    const sign = options.maximize ? -1 : 1;
    const rate = rateOf(options, state);
    const sum = state.buffer("sum", initialAccumulatorValue);
    for (let i = 0; i < w.length; i++) {
      const g = sign * dw[i]! + weightDecay * w[i]!;
      sum[i]! += g * g;
      w[i]! -= (rate * g) / (Math.sqrt(sum[i]!) + eps);
    }
  },

  updateInMemory(w, dw, state, options) {
    const { weightDecay, eps, initialAccumulatorValue } = options;
    const sign = options.maximize ? -1 : 1;
    const rate = rateOf(options, state);
    if (!state.has("sum")) state.buffer("sum", initialAccumulatorValue);
    return updateInChunks(adagradKernels, w, state, ["sum"], dw, (kernels, n, wAt, sumAt, dwAt) =>
      kernels.adagrad(n, wAt, dwAt, sumAt, sign, weightDecay, rate, eps),
    );
  },
};

function rateOf(
  { learningRate, learningRateDecay }: Resolved<AdagradOptions>,
  { steps }: ParameterState,
): number {
  return learningRate / (1 + (steps - 1) * learningRateDecay);
}

/**
 * Adagrad: the gradient is divided by the root of the sum of all its squares so far, so rare features learn faster.
 *
 * With g = gradient + weightDecay * w at update t: s' = s + g², and
 * w' = w - learningRate / (1 + (t - 1) * learningRateDecay) * g / (√s' + eps).
 *
 * @remarks
 * The arithmetic of `torch.optim.Adagrad`. Source: Duchi et al. 2011.
 *
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 * @throws TypeError for an unknown option or something that is not a parameter.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { Adagrad } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new Adagrad([weight], { learningRate: 0.5 });
 * weight.grad = tensor([3, -4]);
 * optimizer.step(); // the first step has the size of the learning rate
 * weight.value.toArray(); // => [0.5, 2.5]
 * ```
 *
 * @public
 */
export class Adagrad extends RuleOptimizer<AdagradOptions> {
  /** @param parameters - parameters, or groups `{ parameters, ...options }` with options of their own */
  constructor(parameters: OptimizedParameters<AdagradOptions>, options: AdagradOptions = {}) {
    super(adagrad, parameters, options);
  }
}
