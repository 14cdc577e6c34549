import { checkBoolean, checkNumber } from "../check.ts";
import { updateInChunks } from "../kernels/chunks.ts";
import { sgdKernels } from "../kernels/update-kernels.ts";
import type { OptimizedParameters } from "./parameter-groups.ts";
import { RuleOptimizer } from "./rule-optimizer.ts";
import type { KernelRule } from "./update-rule.ts";

/**
 * Options of {@link SGD}, for all parameters or for one group.
 *
 * @public
 */
export interface SGDOptions {
  /** Step size, at least 0. Default 0.001. */
  learningRate?: number | undefined;
  /** Share of the previous direction that is kept, at least 0. Default 0. */
  momentum?: number | undefined;
  /** Share of the gradient that does not enter the momentum. Default 0. */
  dampening?: number | undefined;
  /** L2 penalty: this times the parameter is added to its gradient. At least 0. Default 0. */
  weightDecay?: number | undefined;
  /** Look ahead along the momentum; needs `momentum > 0` and `dampening` 0. Default `false`. */
  nesterov?: boolean | undefined;
  /** Go up the gradient instead of down. Default `false`. */
  maximize?: boolean | undefined;
}

/** v' = momentum * v + (1 - dampening) * g (v' = g at first), w' = w - learningRate * v'. Saves v. */
const sgd: KernelRule<SGDOptions> = {
  name: "SGD",
  defaults: {
    learningRate: 1e-3,
    momentum: 0,
    dampening: 0,
    weightDecay: 0,
    nesterov: false,
    maximize: false,
  },
  buffers: ["momentum_buffer"],
  skipsZeros: ({ momentum, weightDecay }) => momentum === 0 && weightDecay === 0,

  check(where, { learningRate, momentum, dampening, weightDecay, nesterov, maximize }) {
    checkNumber(where, "learningRate", learningRate, { min: 0 });
    checkNumber(where, "momentum", momentum, { min: 0 });
    checkNumber(where, "dampening", dampening);
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkBoolean(where, "nesterov", nesterov);
    checkBoolean(where, "maximize", maximize);
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      throw new RangeError(
        `${where}: nesterov needs momentum > 0 and dampening 0, got momentum ${momentum} and dampening ${dampening}`,
      );
    }
  },

  update(w, dw, state, { learningRate, momentum, dampening, weightDecay, nesterov, maximize }) {
    const sign = maximize ? -1 : 1;
    if (momentum === 0 && weightDecay === 0) {
      const rate = sign * learningRate;
      for (let i = 0; i < w.length; i++) w[i]! -= rate * dw[i]!;
      return;
    }
    if (momentum === 0) {
      for (let i = 0; i < w.length; i++) w[i]! -= learningRate * (sign * dw[i]! + weightDecay * w[i]!);
      return;
    }
    const isFirst = !state.has("momentum_buffer");
    const v = state.buffer("momentum_buffer");
    const keep = isFirst ? 0 : momentum;
    const take = isFirst ? 1 : 1 - dampening;
    for (let i = 0; i < w.length; i++) {
      const g = sign * dw[i]! + weightDecay * w[i]!;
      v[i] = keep * v[i]! + take * g;
      w[i]! -= learningRate * (nesterov ? g + momentum * v[i]! : v[i]!);
    }
  },

  updateInMemory(w, dw, state, { learningRate, momentum, dampening, weightDecay, nesterov, maximize }) {
    const sign = maximize ? -1 : 1;
    if (momentum === 0) {
      return updateInChunks(sgdKernels, w, state, [], dw, ({ sgd }, n, wAt, dwAt) =>
        sgd(n, wAt, dwAt, sign, weightDecay, learningRate),
      );
    }
    if (!state.has("momentum_buffer")) return false; // the first update is another one
    const ahead = nesterov ? momentum : 0;
    return updateInChunks(sgdKernels, w, state, ["momentum_buffer"], dw, (kernels, n, wAt, vAt, dwAt) =>
      kernels.momentum(n, wAt, dwAt, vAt, sign, weightDecay, learningRate, momentum, 1 - dampening, ahead),
    );
  },
};

/**
 * Stochastic gradient descent, with momentum if wanted.
 *
 * With g = gradient + weightDecay * w: v' = momentum * v + (1 - dampening) * g, and w' = w - learningRate * v'
 * (with `nesterov`, w' = w - learningRate * (g + momentum * v')). The first v' is g itself.
 *
 * @remarks
 * The arithmetic of `torch.optim.SGD`. Source: Sutskever et al. 2013.
 *
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 * @throws TypeError for an unknown option or something that is not a parameter.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { SGD } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new SGD([weight], { learningRate: 0.5, momentum: 0.9 });
 * weight.grad = tensor([1, -1]);
 * optimizer.step();
 * weight.value.toArray(); // => [0.5, 2.5]
 * ```
 *
 * @public
 */
export class SGD extends RuleOptimizer<SGDOptions> {
  /** @param parameters - parameters, or groups `{ parameters, ...options }` with options of their own */
  constructor(parameters: OptimizedParameters<SGDOptions>, options: SGDOptions = {}) {
    super(sgd, parameters, options);
  }
}
