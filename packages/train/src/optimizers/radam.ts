import { checkBoolean } from "../check.ts";
import { checkMoments } from "./check-moments.ts";
import type { OptimizedParameters } from "./parameter-groups.ts";
import { RuleOptimizer } from "./rule-optimizer.ts";
import type { UpdateRule } from "./update-rule.ts";

/**
 * Options of {@link RAdam}, for all parameters or for one group.
 *
 * @public
 */
export interface RAdamOptions {
  /** Step size, at least 0. Default 0.001. */
  learningRate?: number | undefined;
  /** Shares of the running means of gradient and squared gradient that are kept, each at least 0 and below 1. Default [0.9, 0.999]. */
  betas?: readonly [number, number] | undefined;
  /** Added to the denominator, at least 0. Default 1e-8. */
  eps?: number | undefined;
  /** L2 penalty: this times the parameter is added to its gradient. At least 0. Default 0. */
  weightDecay?: number | undefined;
  /** Let `weightDecay` shrink the parameter itself, as AdamW does, instead of adding to the gradient. Default `false`. */
  decoupledWeightDecay?: boolean | undefined;
  /** Go up the gradient instead of down. Default `false`. */
  maximize?: boolean | undefined;
}

const radam: UpdateRule<RAdamOptions> = {
  name: "RAdam",
  defaults: {
    learningRate: 1e-3,
    betas: [0.9, 0.999],
    eps: 1e-8,
    weightDecay: 0,
    decoupledWeightDecay: false,
    maximize: false,
  },
  buffers: ["exp_avg", "exp_avg_sq"],

  check(where, options) {
    checkMoments(where, options);
    checkBoolean(where, "decoupledWeightDecay", options.decoupledWeightDecay);
  },

  update(w, dw, state, { learningRate, betas, eps, weightDecay, decoupledWeightDecay, maximize }) {
    const [beta1, beta2] = betas;
    const sign = maximize ? -1 : 1;
    const coupledDecay = decoupledWeightDecay ? 0 : weightDecay;
    const shrink = decoupledWeightDecay ? 1 - learningRate * weightDecay : 1;
    const stepSize = learningRate / (1 - beta1 ** state.steps);
    const rectified = stepSize * rectification(beta2, state.steps);
    const m = state.buffer("exp_avg");
    const v = state.buffer("exp_avg_sq");
    for (let i = 0; i < w.length; i++) {
      const g = sign * dw[i]! + coupledDecay * w[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      const scale = rectified > 0 ? rectified / (Math.sqrt(v[i]!) + eps) : stepSize;
      w[i] = shrink * w[i]! - scale * m[i]!;
    }
  },
};

/** √r_t · √(1 - beta2^t), or 0 while the variance of v cannot be estimated (ρ_t at most 5). */
function rectification(beta2: number, step: number): number {
  const power = beta2 ** step;
  const limit = 2 / (1 - beta2) - 1;
  const rho = limit - (2 * step * power) / (1 - power);
  if (rho <= 5) return 0;
  const ratio = ((rho - 4) * (rho - 2) * limit) / ((limit - 4) * (limit - 2) * rho);
  return Math.sqrt(ratio * (1 - power));
}

/**
 * RAdam: Adam whose step is held back while there are too few gradients to estimate their variance: a warm-up of its own.
 *
 * With m' and v' as in {@link Adam}, ρ_∞ = 2 / (1 - beta2) - 1 and ρ_t = ρ_∞ - 2 t beta2^t / (1 - beta2^t) at update t:
 * where ρ_t is above 5, w' = w - learningRate * r * m̂ * √(1 - beta2^t) / (√v' + eps) with m̂ = m' / (1 - beta1^t) and
 * r² = (ρ_t - 4)(ρ_t - 2) ρ_∞ / ((ρ_∞ - 4)(ρ_∞ - 2) ρ_t); before, w' = w - learningRate * m̂.
 *
 * @remarks
 * The arithmetic of `torch.optim.RAdam`. Source: Liu et al. 2020.
 *
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 * @throws TypeError for an unknown option or something that is not a parameter.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { RAdam } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new RAdam([weight], { learningRate: 0.5 });
 * weight.grad = tensor([0.5, -0.25]);
 * optimizer.step(); // too early to divide by anything: the step of gradient descent
 * weight.value.toArray(); // => [0.75, 2.125]
 * ```
 *
 * @public
 */
export class RAdam extends RuleOptimizer<RAdamOptions> {
  /** @param parameters - parameters, or groups `{ parameters, ...options }` with options of their own */
  constructor(parameters: OptimizedParameters<RAdamOptions>, options: RAdamOptions = {}) {
    super(radam, parameters, options);
  }
}
