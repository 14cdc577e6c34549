import { allocate } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { describe, normalizeDim, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { expand } from "./expand.ts";
import { checkIndexDType } from "./index-tensor.ts";
import { reshape } from "./reshape.ts";
import { take } from "./take.ts";

/**
 * A copy of the whole tensor so many times along each dimension; also called `repeat`.
 *
 * @remarks
 * Shapes: `[a, b]` and repeats `[r, s]` give `[r a, s b]`. Fewer repeats than dimensions leave the first ones as they
 * are; more repeats add dimensions in front.
 *
 * @throws RangeError if a count is not a non-negative integer; {@link ShapeError} if the result has more than 2³¹ - 1
 * elements.
 *
 * @example
 * ```ts
 * import { tensor, tile } from "@rnn/tensor";
 *
 * tile(tensor([1, 2]), [3]).toArray(); // => [1, 2, 1, 2, 1, 2]
 * tile(tensor([1, 2]), [2, 1]).toArray(); // => [[1, 2], [1, 2]]
 * ```
 *
 * @public
 */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  checkTensor("tile", x);
  const valid = Array.isArray(repeats) && repeats.every((count) => Number.isInteger(count) && count >= 0);
  if (!valid) {
    const given = Array.isArray(repeats) ? formatShape(repeats) : describe(repeats);
    throw new RangeError(`tile: repeats are ${given}, expected a list of non-negative integers`);
  }
  const ndim = Math.max(x.ndim, repeats.length);
  const counts = [...Array<number>(ndim - repeats.length).fill(1), ...repeats];
  const sizes = [...Array<number>(ndim - x.ndim).fill(1), ...x.shape];
  const shape = sizes.map((size, d) => size * counts[d]!);
  sizeOf("tile", shape);
  // a dimension of size 1 before each one, stretched to the count, makes the copies
  const apart = reshape(
    x,
    sizes.flatMap((size) => [1, size]),
  );
  const copies = expand(
    apart,
    sizes.flatMap((size, d) => [counts[d]!, size]),
  );
  return reshape(copies.clone(), shape);
}

/**
 * A copy with every element of a dimension repeated in place.
 *
 * @remarks
 * One count serves all; otherwise there is one per element, and counts may be zero. Without a dimension the elements
 * are repeated as one row.
 *
 * @throws RangeError if a count is not a non-negative integer or the dimension is out of range; {@link ShapeError} if
 * there are not as many counts as elements, or the result has more than 2³¹ - 1 elements; TypeError if a tensor of counts
 * is not int32.
 *
 * @example
 * ```ts
 * import { repeatInterleave, tensor } from "@rnn/tensor";
 *
 * repeatInterleave(tensor([1, 2]), 2).toArray(); // => [1, 1, 2, 2]
 * repeatInterleave(tensor([[1], [2], [3]]), [2, 0, 1], 0).toArray(); // => [[1], [1], [3]]
 * ```
 *
 * @public
 */
export function repeatInterleave(
  x: Tensor,
  repeats: number | readonly number[] | Tensor,
  dim?: number,
): Tensor {
  checkTensor("repeatInterleave", x);
  const row = dim === undefined || x.ndim === 0;
  const source = row ? reshape(x, [x.size]) : x;
  const d = row && dim === undefined ? 0 : normalizeDim("repeatInterleave", dim!, x.ndim);
  const n = source.shape[d]!;
  const counts = countList(repeats);
  if (counts.length !== 1 && counts.length !== n) {
    throw new ShapeError(
      `repeatInterleave: ${counts.length} counts for ${n} elements (dim ${d} of shape ${formatShape(source.shape)})`,
    );
  }
  const countOf = (i: number): number => counts[counts.length === 1 ? 0 : i]!;
  let total = 0;
  for (let i = 0; i < n; i++) total += countOf(i);
  const shape = source.shape.map((size, i) => (i === d ? total : size));
  if (sizeOf("repeatInterleave", shape) === 0) return new Tensor(allocate(x.dtype, 0), shape);
  const indices = new Int32Array(total);
  for (let i = 0, to = 0; i < n; to += countOf(i), i++) indices.fill(i, to, to + countOf(i));
  return take("repeatInterleave", source, d, indices);
}

function countList(repeats: number | readonly number[] | Tensor): readonly number[] {
  let counts: readonly number[];
  if (repeats instanceof Tensor) {
    checkIndexDType("repeatInterleave", repeats);
    counts = reshape(repeats, [repeats.size]).toArray() as number[];
  } else counts = Array.isArray(repeats) ? repeats : [repeats];
  for (const count of counts) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(
        `repeatInterleave: a count is ${describe(count)}, expected a non-negative integer`,
      );
    }
  }
  return counts;
}
