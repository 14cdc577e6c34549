import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { needsGrad, operandValue } from "./operand.ts";

/**
 * `a` where the condition holds, `b` elsewhere.
 *
 * @remarks
 * Shapes broadcast. The gradient goes to the operand that was taken; saves the condition.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { variable, where } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * where(tensor([true, false]), variable([1, 2]), 0).value.toArray(); // => [1, 0]
 * ```
 *
 * @public
 */
export function where(condition: Tensor, a: Operand, b: Operand): Variable {
  const needsA = needsGrad(a);
  const needsB = needsGrad(b);
  return record("where", [a, b], ops.where(condition, operandValue(a), operandValue(b)), (dy) => [
    needsA ? ops.where(condition, dy, 0) : null,
    needsB ? ops.where(condition, 0, dy) : null,
  ]);
}
