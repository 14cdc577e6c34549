import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { type Operand, record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { needsGrad, operandValue } from "./operand.ts";

/**
 * Power `base ** exponent`, element by element.
 *
 * @remarks
 * Shapes broadcast. With `y = base ** exponent` the gradients are `dy * exponent * base ** (exponent - 1)`, zero
 * where the exponent is 0, and `dy * y * log(base)`, zero where `base` is 0 and the exponent is not negative;
 * saves both operands, and `y` if the exponent requires a gradient.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { pow, variable } from "@rnn/nn";
 *
 * pow(variable([1, 2, 3]), 2).value.toArray(); // => [1, 4, 9]
 * ```
 *
 * @public
 */
export function pow(base: Operand, exponent: Operand): Variable {
  const x = operandValue(base);
  const p = operandValue(exponent);
  const y = ops.pow(x, p);
  const needsBase = needsGrad(base);
  const savedY = needsGrad(exponent) ? y : null;
  return record("pow", [base, exponent], y, (dy) => [
    needsBase ? gradientOfBase(dy, x, p) : null,
    savedY === null ? null : gradientOfExponent(dy, x, p, savedY),
  ]);
}

function gradientOfBase(dy: Tensor, x: Tensor | number, p: Tensor | number): Tensor {
  if (p === 0) return ops.zerosLike(dy);
  if (typeof p === "number") return ops.mul(dy, ops.mul(ops.pow(x, p - 1), p));
  const slope = ops.mul(p, ops.pow(x, ops.sub(p, 1)));
  return ops.mul(dy, ops.where(ops.eq(p, 0), 0, slope));
}

function gradientOfExponent(dy: Tensor, x: Tensor | number, p: Tensor | number, y: Tensor): Tensor {
  const slope = ops.mul(y, typeof x === "number" ? Math.log(x) : ops.log(x));
  const isZero = ops.logicalAnd(ops.eq(x, 0), ops.ge(p, 0));
  return ops.mul(dy, ops.where(isZero, 0, slope));
}
