import { promoteOperands } from "../dtype.ts";
import type { TernaryLoop } from "../loops/strided.ts";
import type { Tensor } from "../tensor.ts";
import { asTensor, checkTensor, convert, type Operand, ternary } from "./elementwise.ts";

/**
 * Elements of `a` where the condition is true and of `b` where it is false.
 *
 * @remarks
 * The three shapes broadcast together. The dtype is the wider one of `a` and `b`.
 *
 * @throws TypeError if `condition` is not bool; {@link ShapeError} if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { gt, tensor, where } from "@rnn/tensor";
 *
 * const x = tensor([-1, 2]);
 * where(gt(x, 0), x, 0).toArray(); // => [0, 2]
 * ```
 *
 * @public
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  checkTensor("where", condition);
  if (condition.dtype !== "bool") {
    throw new TypeError(
      `where: condition has dtype ${condition.dtype}, expected bool; compare it first, as in ne(x, 0)`,
    );
  }
  const x = asTensor("where", a, b);
  const y = asTensor("where", b, a);
  const dtype = promoteOperands(x.dtype, x.ndim, y.dtype, y.ndim);
  const left = x.dtype === dtype ? x : convert(x, dtype);
  const right = y.dtype === dtype ? y : convert(y, dtype);
  return ternary("where", whereLoop, dtype, condition, left, right);
}

/** `out = a ? b : c`. */
export const whereLoop: TernaryLoop = (n, a, ao, as, b, bo, bs, c, co, cs, out, oo) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs, co += cs) out[oo + i] = a[ao] !== 0 ? b[bo]! : c[co]!;
};
