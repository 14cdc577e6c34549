import { formatShape, ShapeError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { mul } from "./arithmetic.ts";
import { checkTensor } from "./elementwise.ts";
import { matmul } from "./matmul.ts";
import { unsqueeze } from "./squeeze.ts";

/**
 * The dot product of two vectors: Σᵢ a[i] b[i].
 *
 * @remarks
 * Shapes: `[n]` and `[n]` give a 0-d tensor.
 *
 * @throws {@link ShapeError} if an operand is not a vector or their lengths differ.
 *
 * @example
 * ```ts
 * import { dot, tensor } from "@rnn/tensor";
 *
 * dot(tensor([1, 2]), tensor([3, 4])).item(); // => 11
 * ```
 *
 * @public
 */
export function dot(a: Tensor, b: Tensor): Tensor {
  checkVectors("dot", a, b);
  if (a.size !== b.size) {
    throw new ShapeError(`dot: vectors of ${a.size} and ${b.size} elements; they must be equally long`);
  }
  return matmul(a, b);
}

/**
 * The outer product of two vectors: c[i, j] = a[i] b[j].
 *
 * @remarks
 * Shapes: `[m]` and `[n]` give `[m, n]`. The dtype is the wider of the two.
 *
 * @throws {@link ShapeError} if an operand is not a vector.
 *
 * @example
 * ```ts
 * import { outer, tensor } from "@rnn/tensor";
 *
 * outer(tensor([1, 2]), tensor([3, 4, 5])).toArray(); // => [[3, 4, 5], [6, 8, 10]]
 * ```
 *
 * @public
 */
export function outer(a: Tensor, b: Tensor): Tensor {
  checkVectors("outer", a, b);
  return mul(unsqueeze(a, 1), b);
}

function checkVectors(where: string, a: Tensor, b: Tensor): void {
  for (const x of [a, b]) {
    checkTensor(where, x);
    if (x.ndim !== 1) {
      throw new ShapeError(
        `${where}: shape ${formatShape(x.shape)} has ${x.ndim} dimensions, expected a vector`,
      );
    }
  }
}
