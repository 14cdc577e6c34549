import { formatShape } from "../errors.ts";
import { describe, normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { reshape } from "./reshape.ts";
import { take } from "./take.ts";

/**
 * A copy with elements moved along dimensions; what leaves at one end comes in at the other.
 *
 * @remarks
 * Positive shifts move towards higher indices. Without dimensions the elements move as one row.
 *
 * @throws RangeError if a shift is not an integer, a dimension is out of range or named twice, or there are not as many
 * shifts as dimensions.
 *
 * @example
 * ```ts
 * import { roll, tensor } from "@rnn/tensor";
 *
 * roll(tensor([1, 2, 3, 4]), 1).toArray(); // => [4, 1, 2, 3]
 * roll(tensor([[1, 2, 3], [4, 5, 6]]), [1, -1], [0, 1]).toArray(); // => [[5, 6, 4], [2, 3, 1]]
 * ```
 *
 * @public
 */
export function roll(
  x: Tensor,
  shifts: number | readonly number[],
  dims?: number | readonly number[],
): Tensor {
  checkTensor("roll", x);
  const distances: readonly number[] = typeof shifts === "number" ? [shifts] : shifts;
  if (!Array.isArray(distances)) {
    throw new TypeError(`roll: shifts must be a number or an array of numbers, got ${describe(shifts)}`);
  }
  const bad = distances.find((shift) => !Number.isSafeInteger(shift));
  if (bad !== undefined) throw new RangeError(`roll: shift is ${describe(bad)}, expected an integer`);
  if (dims === undefined) {
    checkCount(distances, 1);
    return reshape(rolled(reshape(x, [x.size]), distances[0]!, 0), x.shape);
  }
  const axes = normalizeDims("roll", dims, x.ndim);
  checkCount(distances, axes.length);
  if (x.ndim === 0 || axes.length === 0) return x.clone();
  return axes.reduce((result, d, i) => rolled(result, distances[i]!, d), x);
}

function checkCount(shifts: readonly number[], wanted: number): void {
  if (shifts.length !== wanted) {
    throw new RangeError(`roll: ${shifts.length} shifts ${formatShape(shifts)} for ${wanted} dims`);
  }
}

function rolled(x: Tensor, shift: number, dim: number): Tensor {
  const n = x.shape[dim]!;
  return take(
    "roll",
    x,
    dim,
    Int32Array.from({ length: n }, (_, to) => (((to - (shift % n)) % n) + n) % n),
  );
}
