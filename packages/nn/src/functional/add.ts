import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { operandValue } from "./operand.ts";

/**
 * Sum of two operands, element by element.
 *
 * @remarks
 * Shapes broadcast. Gradient: `dy` for both.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { add, variable } from "@rnn/nn";
 *
 * add(variable([1, 2]), 10).value.toArray(); // => [11, 12]
 * ```
 *
 * @public
 */
export function add(a: Operand, b: Operand): Variable {
  return record("add", [a, b], ops.add(operandValue(a), operandValue(b)), (dy) => [dy, dy]);
}
