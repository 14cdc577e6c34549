import type { EluOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { chainRule } from "./chain-rule.ts";
import { checkTensor } from "./operand.ts";

/**
 * Exponential linear unit of every element: `x` above 0, otherwise `alpha (exp(x) - 1)`; `alpha` is 1 by default.
 *
 * @remarks
 * Gradient: `dy` where `x > 0`, otherwise `alpha exp(x) dy`; saves `x`. Equals `torch.nn.functional.elu`. Source: Clevert,
 * Unterthiner & Hochreiter 2016.
 *
 * @example
 * ```ts
 * import { elu, variable } from "@rnn/nn";
 *
 * elu(variable([-1, 2])).toArray(); // => [-0.632121, 2]
 * ```
 *
 * @public
 */
export function elu(x: Variable | Tensor, options: EluOptions = {}): Variable {
  const value = checkTensor("elu", "input", x);
  const y = ops.elu(value, options);
  const { alpha = 1 } = options;
  return record("elu", [x], y, (dy) => [
    chainRule(dy, value.contiguous(), (v) => (v > 0 ? 1 : alpha * Math.exp(v))),
  ]);
}
