import { formatShape, ShapeError } from "../errors.ts";
import { describe, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { expand } from "./expand.ts";
import { reshape } from "./reshape.ts";

/**
 * The coordinates of a grid: one view per vector, in which it runs along its own dimension and stands still along all
 * others.
 *
 * @remarks
 * Shapes: vectors `[a]` and `[b]` give two `[a, b]`. For NumPy's default order (`"xy"`) transpose the first two.
 *
 * @throws {@link ShapeError} if one of the tensors is not a vector.
 *
 * @example
 * ```ts
 * import { meshgrid, tensor } from "@rnn/tensor";
 *
 * const [rows, columns] = meshgrid([tensor([1, 2]), tensor([5, 6, 7])]);
 * rows?.toArray(); // => [[1, 1, 1], [2, 2, 2]]
 * columns?.toArray(); // => [[5, 6, 7], [5, 6, 7]]
 * ```
 *
 * @public
 */
export function meshgrid(vectors: readonly Tensor[]): Tensor[] {
  if (!Array.isArray(vectors)) {
    throw new TypeError(`meshgrid: expected an array of vectors, got ${describe(vectors)}`);
  }
  vectors.forEach((x, i) => {
    checkTensor("meshgrid", x);
    if (x.ndim !== 1) {
      throw new ShapeError(`meshgrid: tensor ${i} has shape ${formatShape(x.shape)}, expected a vector`);
    }
  });
  const shape = vectors.map((x) => x.size);
  sizeOf("meshgrid", shape);
  return vectors.map((x, d) => {
    const alone = reshape(
      x,
      shape.map((n, i) => (i === d ? n : 1)),
    );
    return expand(alone, shape);
  });
}
