import type { Tensor, VarianceOptions } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";
import { spread } from "./reduction.ts";

/**
 * Variance over some dimensions, or over all: `sum((x - mean)²) / (n - correction)`, with a correction of 1 by default.
 *
 * @remarks
 * Gradient: `2 dy (x - mean) / (n - correction)`; saves `x`. Equals `torch.var`.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { variable, variance } from "@rnn/nn";
 *
 * variance(variable([1, 2, 3, 4])).item(); // => 1.6667
 * variance(variable([1, 2, 3, 4]), { correction: 0 }).item(); // => 1.25
 * ```
 *
 * @public
 */
export function variance(x: Variable | Tensor, options: VarianceOptions = {}): Variable {
  const value = checkTensor("variance", "input", x);
  const y = ops.variance(value, options);
  return record("variance", [x], y, (dy) => {
    const slope = ops.mul(deviations(value, options.dim), 2 / divisorOf(value, y, options));
    return [ops.mul(spread(dy, value.shape, options.dim), slope)];
  });
}

/** What is left of `x` without its mean. */
export function deviations(x: Tensor, dim: VarianceOptions["dim"]): Tensor {
  return ops.sub(x, ops.mean(x, { dim, keepdim: true }));
}

/** `n - correction`, where n elements of `x` become one of `y`. */
export function divisorOf(x: Tensor, y: Tensor, { correction = 1 }: VarianceOptions): number {
  return x.size / y.size - correction;
}
