import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { needsGrad, operandValue } from "./operand.ts";

/**
 * Difference of two operands, element by element.
 *
 * @remarks
 * Shapes broadcast. Gradients: `dy` and `-dy`.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { sub, variable } from "@rnn/nn";
 *
 * sub(1, variable([0.25, 0.5])).value.toArray(); // => [0.75, 0.5]
 * ```
 *
 * @public
 */
export function sub(a: Operand, b: Operand): Variable {
  const needsB = needsGrad(b);
  return record("sub", [a, b], ops.sub(operandValue(a), operandValue(b)), (dy) => [
    dy,
    needsB ? ops.neg(dy) : null,
  ]);
}
