import { checkOptions, type OptionKinds } from "../options.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { all } from "./any-all.ts";
import { eq } from "./comparison.ts";
import { type BinaryOperation, binary, checkTensor, type Operand } from "./elementwise.ts";

/**
 * How far apart numbers may lie that {@link isclose} and {@link allclose} take for equal.
 *
 * @public
 */
export interface CloseOptions {
  /** Relative to the second operand; 1e-5 if absent. */
  readonly rtol?: number | undefined;
  /** In addition; 1e-8 if absent. */
  readonly atol?: number | undefined;
  /** Whether NaN is close to NaN; false if absent. */
  readonly equalNan?: boolean | undefined;
}

const closeKinds: OptionKinds<CloseOptions> = { rtol: "number", atol: "number", equalNan: "boolean" };

/**
 * Whether two operands are nearly equal, element by element: |a - b| \<= atol + rtol |b|.
 *
 * @remarks
 * Shapes broadcast; the result is bool. An infinity is close to itself only.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast; RangeError if a tolerance is negative or NaN.
 *
 * @example
 * ```ts
 * import { isclose, tensor } from "@rnn/tensor";
 *
 * isclose(tensor([1, 2]), tensor([1.000001, 2.1])).toArray(); // => [true, false]
 * ```
 *
 * @public
 */
export function isclose(a: Operand, b: Operand, options: CloseOptions = {}): Tensor {
  return closeTo("isclose", a, b, options);
}

/**
 * Whether all elements of two operands are nearly equal, as {@link isclose} says.
 *
 * @throws {@link ShapeError} if the shapes do not broadcast; RangeError if a tolerance is negative or NaN.
 *
 * @example
 * ```ts
 * import { allclose, tensor } from "@rnn/tensor";
 *
 * allclose(tensor([0.1]).add(0.2), tensor([0.3])); // => true
 * ```
 *
 * @public
 */
export function allclose(a: Operand, b: Operand, options: CloseOptions = {}): boolean {
  return all(closeTo("allclose", a, b, options)).item() === 1;
}

/**
 * Whether two tensors have the same shape and the same elements, whatever their dtypes; NaN equals nothing.
 *
 * @example
 * ```ts
 * import { equal, tensor } from "@rnn/tensor";
 *
 * equal(tensor([1, 2]), tensor([1, 2])); // => true
 * equal(tensor([1, 2]), tensor([[1, 2]])); // => false
 * ```
 *
 * @public
 */
export function equal(a: Tensor, b: Tensor): boolean {
  checkTensor("equal", a);
  checkTensor("equal", b);
  return sameShape(a.shape, b.shape) && all(eq(a, b)).item() === 1;
}

function closeTo(name: string, a: Operand, b: Operand, options: CloseOptions): Tensor {
  checkOptions(name, options, closeKinds, "a, b");
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  if (!(rtol >= 0 && atol >= 0)) {
    throw new RangeError(`${name}: rtol is ${rtol} and atol ${atol}; expected numbers >= 0`);
  }
  const close = (x: number, y: number): boolean => {
    if (x === y) return true;
    if (Number.isNaN(x) && Number.isNaN(y)) return equalNan;
    return Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y);
  };
  const operation: BinaryOperation = {
    name,
    result: "bool",
    loop(n, p, po, ps, q, qo, qs, out, oo) {
      for (let i = 0; i < n; i++, po += ps, qo += qs) out[oo + i] = close(p[po]!, q[qo]!) ? 1 : 0;
    },
  };
  return binary(operation, a, b);
}
