import { type AdamOptions, adamRule } from "./adam-rule.ts";
import type { OptimizedParameters } from "./parameter-groups.ts";
import { RuleOptimizer } from "./rule-optimizer.ts";

const adamW = /* @__PURE__ */ adamRule("AdamW", 0.01, true);

/**
 * Adam with decoupled weight decay: before the step of {@link Adam} the parameter is multiplied by
 * 1 - learningRate * weightDecay, and the decay does not enter the running means.
 *
 * @remarks
 * The arithmetic of `torch.optim.AdamW`; `weightDecay` is 0.01 unless given. Source: Loshchilov & Hutter 2019.
 *
 * @throws RangeError for an option out of range, no parameters, or one parameter given twice.
 * @throws TypeError for an unknown option or something that is not a parameter.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { AdamW } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new AdamW([weight], { learningRate: 0.5, weightDecay: 0.5 });
 * weight.grad = tensor([0, 0]);
 * optimizer.step(); // no gradient, so only the decay by 1 - 0.25
 * weight.value.toArray(); // => [0.75, 1.5]
 * ```
 *
 * @public
 */
export class AdamW extends RuleOptimizer<AdamOptions> {
  /** @param parameters - parameters, or groups `{ parameters, ...options }` with options of their own */
  constructor(parameters: OptimizedParameters<AdamOptions>, options: AdamOptions = {}) {
    super(adamW, parameters, options);
  }
}
