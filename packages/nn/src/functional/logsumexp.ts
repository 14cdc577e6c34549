import type { ReduceOptions, Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";
import { spread } from "./reduction.ts";

/**
 * `log(sum(exp(x)))` over some dimensions, or over all, without overflow.
 *
 * @remarks
 * Gradient: `dy * exp(x - y)`, the softmax; saves `x` and the output `y`.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { logsumexp, variable } from "@rnn/nn";
 *
 * logsumexp(variable([1000, 1000])).item(); // => 1000.6932
 * ```
 *
 * @public
 */
export function logsumexp(x: Variable | Tensor, options: ReduceOptions = {}): Variable {
  const value = checkTensor("logsumexp", "input", x);
  const y = ops.logsumexp(value, options);
  return record("logsumexp", [x], y, (dy) => {
    const { shape } = value;
    const share = ops.exp(ops.sub(value, spread(y, shape, options.dim)));
    return [ops.mul(spread(dy, shape, options.dim), share)];
  });
}
