import { promoteOperands } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";
import { any } from "./any-all.ts";
import { eq } from "./comparison.ts";
import { asTensor, type BinaryOperation, binary, type Operand } from "./elementwise.ts";

/**
 * The quotient of two operands rounded down to whole numbers: ⌊a / b⌋.
 *
 * @remarks
 * Shapes broadcast. The dtype is the wider of the two. Floats over zero give an infinity or NaN.
 *
 * @throws RangeError if an int32 is divided by zero; {@link ShapeError} if the shapes do not broadcast; TypeError for bool.
 *
 * @example
 * ```ts
 * import { floorDivide, tensor } from "@rnn/tensor";
 *
 * floorDivide(tensor([7, -7], { dtype: "int32" }), 2).toArray(); // => [3, -4]
 * ```
 *
 * @public
 */
export function floorDivide(a: Operand, b: Operand): Tensor {
  return dividedAs(floorDivision, a, b);
}

/** Rounded down; see {@link dividedAs}. */
export const floorDivision: BinaryOperation = {
  name: "floorDivide",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = floorQuotient(a[ao]!, b[bo]!);
  },
  intLoop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = Math.floor(a[ao]! / b[bo]!);
  },
  boolLoop: null,
};

/** By way of the remainder, which is exact: the plain quotient may be rounded up to a whole number. */
function floorQuotient(a: number, b: number): number {
  const quotient = a / b;
  if (b === 0) return quotient;
  const rest = a % b;
  const whole = (a - rest) / b - (isOpposite(rest, b) ? 1 : 0);
  // zero keeps the sign of the quotient
  return whole === 0 ? 0 * quotient : Math.round(whole);
}

/** Whether a remainder towards zero has not the sign of the divisor. */
function isOpposite(rest: number, b: number): boolean {
  return rest !== 0 && rest < 0 !== b < 0;
}

/**
 * What is left of `a` when as many `b` as possible are taken away, with the sign of `b`: a - b ⌊a / b⌋.
 *
 * @remarks
 * As `%` in Python. Shapes broadcast. The dtype is the wider of the two. Floats over zero give NaN.
 *
 * @throws RangeError if an int32 is divided by zero; {@link ShapeError} if the shapes do not broadcast; TypeError for bool.
 *
 * @example
 * ```ts
 * import { remainder, tensor } from "@rnn/tensor";
 *
 * remainder(tensor([7, -7]), 3).toArray(); // => [1, 2]
 * ```
 *
 * @public
 */
export function remainder(a: Operand, b: Operand): Tensor {
  return dividedAs(pythonRemainder, a, b);
}

const pythonRemainder: BinaryOperation = {
  name: "remainder",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = flooredRemainder(a[ao]!, b[bo]!);
  },
  boolLoop: null,
};

function flooredRemainder(a: number, b: number): number {
  const rest = a % b;
  return isOpposite(rest, b) ? rest + b : rest;
}

/**
 * What is left of `a` when as many `b` as possible are taken away, with the sign of `a`.
 *
 * @remarks
 * As `%` in JavaScript and C. Shapes broadcast. The dtype is the wider of the two. Floats over zero give NaN.
 *
 * @throws RangeError if an int32 is divided by zero; {@link ShapeError} if the shapes do not broadcast; TypeError for bool.
 *
 * @example
 * ```ts
 * import { fmod, tensor } from "@rnn/tensor";
 *
 * fmod(tensor([7, -7]), 3).toArray(); // => [1, -1]
 * ```
 *
 * @public
 */
export function fmod(a: Operand, b: Operand): Tensor {
  return dividedAs(cRemainder, a, b);
}

const cRemainder: BinaryOperation = {
  name: "fmod",
  loop(n, a, ao, as, b, bo, bs, out, oo) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[oo + i] = a[ao]! % b[bo]!;
  },
  boolLoop: null,
};

/** int32 has no infinity and no NaN to answer a division by zero with. */
export function dividedAs(operation: BinaryOperation, a: Operand, b: Operand): Tensor {
  const x = asTensor(operation.name, a, b);
  const y = asTensor(operation.name, b, a);
  const dtype = promoteOperands(x.dtype, x.ndim, y.dtype, y.ndim);
  if (dtype === "int32" && any(eq(y, 0)).item() === 1) {
    throw new RangeError(`${operation.name}: int32 divided by zero; convert with .to("float32") first`);
  }
  return binary(operation, x, y);
}
