import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { needsGrad, operandValue } from "./operand.ts";

/**
 * The smaller of two operands, element by element; NaN if either is NaN.
 *
 * @remarks
 * Shapes broadcast. The gradient goes to the smaller operand, half to each where they are equal; saves both.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { minimum, variable } from "@rnn/nn";
 *
 * minimum(variable([-1, 2]), 0).value.toArray(); // => [-1, 0]
 * ```
 *
 * @public
 */
export function minimum(a: Operand, b: Operand): Variable {
  const x = operandValue(a);
  const y = operandValue(b);
  const needsA = needsGrad(a);
  const needsB = needsGrad(b);
  return record("minimum", [a, b], ops.minimum(x, y), (dy) => {
    const shared = ops.where(ops.eq(x, y), ops.mul(dy, 0.5), dy);
    return [
      needsA ? ops.where(ops.gt(x, y), 0, shared) : null,
      needsB ? ops.where(ops.gt(y, x), 0, shared) : null,
    ];
  });
}
