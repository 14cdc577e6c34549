import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { needsGrad, operandValue } from "./operand.ts";

/**
 * Product of two operands, element by element.
 *
 * @remarks
 * Shapes broadcast. Gradients: `dy * b` and `dy * a`; saves the operand that the other one's gradient needs.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { mul, variable } from "@rnn/nn";
 *
 * mul(variable([1, 2, 3]), variable([4, 5, 6])).value.toArray(); // => [4, 10, 18]
 * ```
 *
 * @public
 */
export function mul(a: Operand, b: Operand): Variable {
  const x = operandValue(a);
  const y = operandValue(b);
  const savedX = needsGrad(b) ? x : null;
  const savedY = needsGrad(a) ? y : null;
  return record("mul", [a, b], ops.mul(x, y), (dy) => [
    savedY === null ? null : ops.mul(dy, savedY),
    savedX === null ? null : ops.mul(dy, savedX),
  ]);
}
