import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { needsGrad, operandValue } from "./operand.ts";

/**
 * Quotient of two operands, element by element.
 *
 * @remarks
 * Shapes broadcast. With `y = a / b` the gradients are `dy / b` and `-dy * y / b`; saves `b`, and `y` if `b`
 * requires a gradient.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { div, variable } from "@rnn/nn";
 *
 * div(1, variable([2, 4])).value.toArray(); // => [0.5, 0.25]
 * ```
 *
 * @public
 */
export function div(a: Operand, b: Operand): Variable {
  const divisor = operandValue(b);
  const y = ops.div(operandValue(a), divisor);
  const needsA = needsGrad(a);
  const savedY = needsGrad(b) ? y : null;
  return record("div", [a, b], y, (dy) => {
    const da = ops.div(dy, divisor);
    return [needsA ? da : null, savedY === null ? null : ops.neg(ops.mul(da, savedY))];
  });
}
