import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { chainRule } from "./chain-rule.ts";
import { checkTensor } from "./operand.ts";

/**
 * Every element times its logistic function: `x / (1 + exp(-x))`; also known as swish.
 *
 * @remarks
 * Gradient: `dy s (1 + x (1 - s))` with the logistic function `s`; saves `x`. Equals `torch.nn.functional.silu`.
 *
 * @example
 * ```ts
 * import { silu, variable } from "@rnn/nn";
 *
 * silu(variable([-1, 0, 1])).toArray(); // => [-0.268941, 0, 0.731059]
 * ```
 *
 * @public
 */
export function silu(x: Variable | Tensor): Variable {
  const value = checkTensor("silu", "input", x);
  return record("silu", [x], ops.silu(value), (dy) => [chainRule(dy, value.contiguous(), slope)]);
}

function slope(x: number): number {
  const s = 1 / (1 + Math.exp(-x));
  return s * (1 + x * (1 - s));
}
