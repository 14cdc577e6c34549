import type { GeluOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { chainRule } from "./chain-rule.ts";
import { checkTensor } from "./operand.ts";

/**
 * Gaussian error linear unit of every element: `x P(X <= x)` for a standard normal X.
 *
 * @remarks
 * `approximate: "tanh"` takes `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))` instead. Gradient: by the product rule; saves `x`.
 * Equals `torch.nn.functional.gelu`. Source: Hendrycks & Gimpel 2016.
 *
 * @throws TypeError if the approximation is unknown.
 *
 * @example
 * ```ts
 * import { gelu, variable } from "@rnn/nn";
 *
 * gelu(variable([-1, 0, 1])).toArray(); // => [-0.158655, 0, 0.841345]
 * ```
 *
 * @public
 */
export function gelu(x: Variable | Tensor, options: GeluOptions = {}): Variable {
  const value = checkTensor("gelu", "input", x);
  return record("gelu", [x], ops.gelu(value, options), (dy) => {
    if (options.approximate === "tanh") return [chainRule(dy, value.contiguous(), tanhSlope)];
    const probability = ops.mul(ops.erfc(ops.mul(value, -Math.SQRT1_2)), 0.5);
    const density = ops.mul(ops.exp(ops.mul(ops.square(value), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return [ops.mul(dy, ops.add(probability, ops.mul(value, density)))];
  });
}

function tanhSlope(x: number): number {
  const scale = Math.sqrt(2 / Math.PI);
  const t = Math.tanh(scale * (x + 0.044715 * x ** 3));
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * scale * (1 + 3 * 0.044715 * x * x);
}
