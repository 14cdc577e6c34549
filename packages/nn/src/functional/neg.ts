import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Every element with its sign changed.
 *
 * @remarks
 * Gradient: `-dy`.
 *
 * @example
 * ```ts
 * import { neg, variable } from "@rnn/nn";
 *
 * neg(variable([1, -2])).value.toArray(); // => [-1, 2]
 * ```
 *
 * @public
 */
export function neg(x: Variable | Tensor): Variable {
  return record("neg", [x], ops.neg(checkTensor("neg", "input", x)), (dy) => [ops.neg(dy)]);
}
