import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor, needsGrad } from "./operand.ts";

/**
 * Matrix product `a @ b`.
 *
 * @remarks
 * Shapes: `[m, k] @ [k, n] -> [m, n]`; a vector is a row on the left and a column on the right; dimensions before the
 * last two are batches and broadcast. Gradients: `dy @ bᵀ` and `aᵀ @ dy`; saves the operand that the other one's
 * gradient needs.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the inner sizes differ or the batches do not broadcast.
 *
 * @example
 * ```ts
 * import { matmul, variable } from "@rnn/nn";
 *
 * matmul(variable([[1, 2], [3, 4]]), variable([1, 10])).value.toArray(); // => [21, 43]
 * ```
 *
 * @public
 */
export function matmul(a: Variable | Tensor, b: Variable | Tensor): Variable {
  const x = checkTensor("matmul", "a", a);
  const y = checkTensor("matmul", "b", b);
  const savedX = needsGrad(b) ? x : null;
  const savedY = needsGrad(a) ? y : null;
  const isRow = x.ndim === 1;
  const isColumn = y.ndim === 1;
  const isBatched = y.ndim > 2;
  return record("matmul", [a, b], ops.matmul(x, y), (dy) => {
    // the product of matrices, with the dimensions that vectors went without
    let dz = isColumn ? dy.unsqueeze(-1) : dy;
    if (isRow) dz = dz.unsqueeze(-2);
    return [
      savedY === null ? null : gradientOfLeft(dz, savedY, isRow),
      savedX === null ? null : gradientOfRight(dz, savedX, isColumn, isBatched),
    ];
  });
}

/** `dz @ bᵀ`: `[…, m, n] @ [n, k] -> […, m, k]`, without `m` for a vector. */
function gradientOfLeft(dz: Tensor, b: Tensor, isRow: boolean): Tensor {
  const da = ops.matmul(dz, b.ndim === 1 ? b.unsqueeze(0) : b.transpose(-2, -1));
  return isRow ? da.squeeze(-2) : da;
}

/** `aᵀ @ dz`: `[…, k, m] @ [m, n] -> […, k, n]`, without `n` for a vector. */
function gradientOfRight(dz: Tensor, a: Tensor, isColumn: boolean, isBatched: boolean): Tensor {
  // one right-hand matrix for a whole batch: the product sums over the batch too
  const folds = a.ndim > 2 && !isBatched;
  const left = folds ? a.flatten(0, -2) : a.ndim === 1 ? a.unsqueeze(0) : a;
  const right = folds ? dz.flatten(0, -2) : dz;
  const db = ops.matmul(left.transpose(-2, -1), right);
  return isColumn ? db.squeeze(-1) : db;
}
