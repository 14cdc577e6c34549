import { type AdamOptions, adamRule } from "./adam-rule.ts";
import type { OptimizedParameters } from "./parameter-groups.ts";
import { RuleOptimizer } from "./rule-optimizer.ts";

const adam = /* @__PURE__ */ adamRule("Adam", 0, false);

/**
 * Adam: every parameter element gets its own step size from running means of its gradient and squared gradient.
 *
 * With g = gradient + weightDecay * w: m' = beta1 * m + (1 - beta1) * g, v' = beta2 * v + (1 - beta2) * g²,
 * w' = w - learningRate * (m' / (1 - beta1^t)) / (√(v' / (1 - beta2^t)) + eps), where t counts this parameter's updates.
 *
 * @remarks
 * The arithmetic of `torch.optim.Adam`. Source: Kingma & Ba 2015; `amsgrad`: Reddi et al. 2018.
 *
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 * @throws TypeError for an unknown option or something that is not a parameter.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { Adam } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new Adam([weight], { learningRate: 0.5 });
 * weight.grad = tensor([1000, -0.001]);
 * optimizer.step(); // the first step has the size of the learning rate, whatever the gradient
 * weight.value.toArray(); // => [0.5, 2.5]
 * ```
 *
 * @public
 */
export class Adam extends RuleOptimizer<AdamOptions> {
  /** @param parameters - parameters, or groups `{ parameters, ...options }` with options of their own */
  constructor(parameters: OptimizedParameters<AdamOptions>, options: AdamOptions = {}) {
    super(adam, parameters, options);
  }
}
