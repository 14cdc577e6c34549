import { checkBoolean, checkNumber } from "../check.ts";
import { checkMoments } from "./check-moments.ts";
import type { OptimizedParameters } from "./parameter-groups.ts";
import { RuleOptimizer } from "./rule-optimizer.ts";
import type { UpdateRule } from "./update-rule.ts";

/**
 * Options of {@link NAdam}, for all parameters or for one group.
 *
 * @public
 */
export interface NAdamOptions {
  /** Step size, at least 0. Default 0.002. */
  learningRate?: number | undefined;
  /** Shares of the running means of gradient and squared gradient that are kept, each at least 0 and below 1. Default [0.9, 0.999]. */
  betas?: readonly [number, number] | undefined;
  /** Added to the denominator, at least 0. Default 1e-8. */
  eps?: number | undefined;
  /** L2 penalty: this times the parameter is added to its gradient. At least 0. Default 0. */
  weightDecay?: number | undefined;
  /** Let `weightDecay` shrink the parameter itself, as AdamW does, instead of adding to the gradient. Default `false`. */
  decoupledWeightDecay?: boolean | undefined;
  /** How fast the momentum rises from half of `betas[0]` to all of it, at least 0. Default 0.004. */
  momentumDecay?: number | undefined;
  /** Go up the gradient instead of down. Default `false`. */
  maximize?: boolean | undefined;
}

const nadam: UpdateRule<NAdamOptions> = {
  name: "NAdam",
  defaults: {
    learningRate: 2e-3,
    betas: [0.9, 0.999],
    eps: 1e-8,
    weightDecay: 0,
    decoupledWeightDecay: false,
    momentumDecay: 4e-3,
    maximize: false,
  },
  buffers: ["exp_avg", "exp_avg_sq"],
  scalars: ["mu_product"],

  check(where, options) {
    checkMoments(where, options);
    checkBoolean(where, "decoupledWeightDecay", options.decoupledWeightDecay);
    checkNumber(where, "momentumDecay", options.momentumDecay, { min: 0 });
  },

  update(
    w,
    dw,
    state,
    { learningRate, betas, eps, weightDecay, decoupledWeightDecay, momentumDecay, maximize },
  ) {
    const [beta1, beta2] = betas;
    const sign = maximize ? -1 : 1;
    const coupledDecay = decoupledWeightDecay ? 0 : weightDecay;
    const shrink = decoupledWeightDecay ? 1 - learningRate * weightDecay : 1;
    const momentumAt = (step: number) => beta1 * (1 - 0.5 * 0.96 ** (step * momentumDecay));
    const momentum = momentumAt(state.steps);
    const next = momentumAt(state.steps + 1);
    const product = (state.scalar("mu_product", 1)[0]! *= momentum);
    const gradientStep = (learningRate * (1 - momentum)) / (1 - product);
    const meanStep = (learningRate * next) / (1 - product * next);
    const correction = 1 - beta2 ** state.steps;
    const m = state.buffer("exp_avg");
    const v = state.buffer("exp_avg_sq");
    for (let i = 0; i < w.length; i++) {
      const g = sign * dw[i]! + coupledDecay * w[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      const denominator = Math.sqrt(v[i]! / correction) + eps;
      w[i] = shrink * w[i]! - (gradientStep * g + meanStep * m[i]!) / denominator;
    }
  },
};

/**
 * NAdam: Adam with Nesterov's momentum, which looks one step ahead.
 *
 * With g = gradient + weightDecay * w at update t: m and v as in {@link Adam}; μ_t = beta1 * (1 - 0.96^(t * momentumDecay) / 2);
 * m̂ = μ_(t+1) * m' / (1 - Π_(i ≤ t+1) μ_i) + (1 - μ_t) * g / (1 - Π_(i ≤ t) μ_i), and
 * w' = w - learningRate * m̂ / (√(v' / (1 - beta2^t)) + eps).
 *
 * @remarks
 * The arithmetic of `torch.optim.NAdam`. Source: Dozat 2016.
 *
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 * @throws TypeError for an unknown option or something that is not a parameter.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { NAdam } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new NAdam([weight], { learningRate: 0.5, betas: [0, 0.999] });
 * weight.grad = tensor([1000, -0.001]);
 * optimizer.step(); // without momentum: the first step of Adam
 * weight.value.toArray(); // => [0.5, 2.5]
 * ```
 *
 * @public
 */
export class NAdam extends RuleOptimizer<NAdamOptions> {
  /** @param parameters - parameters, or groups `{ parameters, ...options }` with options of their own */
  constructor(parameters: OptimizedParameters<NAdamOptions>, options: NAdamOptions = {}) {
    super(nadam, parameters, options);
  }
}
