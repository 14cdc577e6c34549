import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { needsGrad, operandValue } from "./operand.ts";

/**
 * The larger of two operands, element by element; NaN if either is NaN.
 *
 * @remarks
 * Shapes broadcast. The gradient goes to the larger operand, half to each where they are equal; saves both.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { maximum, variable } from "@rnn/nn";
 *
 * maximum(variable([-1, 2]), 0).value.toArray(); // => [0, 2]
 * ```
 *
 * @public
 */
export function maximum(a: Operand, b: Operand): Variable {
  const x = operandValue(a);
  const y = operandValue(b);
  const needsA = needsGrad(a);
  const needsB = needsGrad(b);
  return record("maximum", [a, b], ops.maximum(x, y), (dy) => {
    const shared = ops.where(ops.eq(x, y), ops.mul(dy, 0.5), dy);
    return [
      needsA ? ops.where(ops.lt(x, y), 0, shared) : null,
      needsB ? ops.where(ops.lt(y, x), 0, shared) : null,
    ];
  });
}
