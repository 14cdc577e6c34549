import { checkBoolean, checkNumber } from "../check.ts";
import { updateInChunks } from "../kernels/chunks.ts";
import { rmspropKernels } from "../kernels/update-kernels.ts";
import type { OptimizedParameters } from "./parameter-groups.ts";
import { RuleOptimizer } from "./rule-optimizer.ts";
import type { KernelRule } from "./update-rule.ts";

/**
 * Options of {@link RMSprop}, for all parameters or for one group.
 *
 * @public
 */
export interface RMSpropOptions {
  /** Step size, at least 0. Default 0.01. */
  learningRate?: number | undefined;
  /** Share of the running means that is kept, at least 0. Default 0.99. */
  alpha?: number | undefined;
  /** Added to the denominator, at least 0. Default 1e-8. */
  eps?: number | undefined;
  /** L2 penalty: this times the parameter is added to its gradient. At least 0. Default 0. */
  weightDecay?: number | undefined;
  /** Share of the previous step that is kept, at least 0. Default 0. */
  momentum?: number | undefined;
  /** Divide by an estimate of the standard deviation: the square of the mean gradient is subtracted first. Default `false`. */
  centered?: boolean | undefined;
  /** Go up the gradient instead of down. Default `false`. */
  maximize?: boolean | undefined;
}

const rmsprop: KernelRule<RMSpropOptions> = {
  name: "RMSprop",
  defaults: {
    learningRate: 1e-2,
    alpha: 0.99,
    eps: 1e-8,
    weightDecay: 0,
    momentum: 0,
    centered: false,
    maximize: false,
  },
  buffers: ["square_avg", "grad_avg", "momentum_buffer"],

  check(where, { learningRate, alpha, eps, weightDecay, momentum, centered, maximize }) {
    checkNumber(where, "learningRate", learningRate, { min: 0 });
    checkNumber(where, "alpha", alpha, { min: 0 });
    checkNumber(where, "eps", eps, { min: 0 });
    checkNumber(where, "weightDecay", weightDecay, { min: 0 });
    checkNumber(where, "momentum", momentum, { min: 0 });
    checkBoolean(where, "centered", centered);
    checkBoolean(where, "maximize", maximize);
  },

  update(w, dw, state, { learningRate, alpha, eps, weightDecay, momentum, centered, maximize }) {
    const sign = maximize ? -1 : 1;
    const square = state.buffer("square_avg");
    const mean = centered ? state.buffer("grad_avg") : square;
    const velocity = momentum > 0 ? state.buffer("momentum_buffer") : square;
    for (let i = 0; i < w.length; i++) {
      const g = sign * dw[i]! + weightDecay * w[i]!;
      square[i] = alpha * square[i]! + (1 - alpha) * g * g;
      let variance = square[i]!;
      if (centered) {
        mean[i] = alpha * mean[i]! + (1 - alpha) * g;
        // rounding of the stored means can bring the difference just below zero
        variance = Math.max(0, variance - mean[i]! * mean[i]!);
      }
      const denominator = Math.sqrt(variance) + eps;
      if (momentum > 0) {
        velocity[i] = momentum * velocity[i]! + g / denominator;
        w[i]! -= learningRate * velocity[i]!;
      } else {
        w[i]! -= (learningRate * g) / denominator;
      }
    }
  },

  updateInMemory(w, dw, state, { learningRate, alpha, eps, weightDecay, momentum, centered, maximize }) {
    const sign = maximize ? -1 : 1;
    const names = ["square_avg", centered ? "grad_avg" : null, momentum > 0 ? "momentum_buffer" : null];
    // biome-ignore format: one kind of argument per line
    return updateInChunks(rmspropKernels, w, state, names, dw, ({ rmsprop }, n, wAt, squareAt, meanAt, velocityAt, dwAt) =>
      rmsprop(
        n, wAt, dwAt, squareAt, meanAt, velocityAt,
        sign, weightDecay, alpha, 1 - alpha, momentum, learningRate, eps,
      ),
    );
  },
};

/**
 * RMSprop: the gradient is divided by the root of a running mean of its square.
 *
 * With g = gradient + weightDecay * w: s' = alpha * s + (1 - alpha) * g², and w' = w - learningRate * g / (√s' + eps).
 * `centered` subtracts the square of the running mean of g from s'; `momentum` keeps part of the previous step.
 *
 * @remarks
 * The arithmetic of `torch.optim.RMSprop`. Where `centered` would take the root of a difference that rounding
 * made negative (PyTorch then gives NaN), 0 is used. Source: Hinton, lecture notes 2012; `centered`: Graves 2013.
 *
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 * @throws TypeError for an unknown option or something that is not a parameter.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { RMSprop } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new RMSprop([weight], { learningRate: 0.05 });
 * weight.grad = tensor([10, -10]);
 * optimizer.step(); // the first step is learningRate / √(1 - alpha)
 * weight.value.toArray(); // => [0.5, 2.5]
 * ```
 *
 * @public
 */
export class RMSprop extends RuleOptimizer<RMSpropOptions> {
  /** @param parameters - parameters, or groups `{ parameters, ...options }` with options of their own */
  constructor(parameters: OptimizedParameters<RMSpropOptions>, options: RMSpropOptions = {}) {
    super(rmsprop, parameters, options);
  }
}
