import { formatShape, ShapeError } from "../errors.ts";
import { broadcastStrides, copyShape, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * A view stretched to another shape: dimensions of size 1, and new ones in front, repeat without being copied.
 *
 * @remarks
 * -1 keeps the size of a dimension. Repeated elements share one place in memory (their stride is 0).
 *
 * @throws {@link ShapeError} if a dimension has another size than 1 or the one wanted.
 *
 * @example
 * ```ts
 * import { expand, tensor } from "@rnn/tensor";
 *
 * expand(tensor([[1], [2]]), [-1, 3]).toArray(); // => [[1, 1, 1], [2, 2, 2]]
 * ```
 *
 * @public
 */
export function expand(x: Tensor, shape: readonly number[]): Tensor {
  checkTensor("expand", x);
  const wanted = copyShape("expand", shape);
  const added = wanted.length - x.ndim;
  for (let d = Math.max(0, added); d < wanted.length; d++)
    if (wanted[d] === -1) wanted[d] = x.shape[d - added]!;
  return stretched("expand", x, wanted);
}

/**
 * A view stretched to another shape, as {@link expand}, but every size must be given.
 *
 * @throws {@link ShapeError} if a dimension has another size than 1 or the one wanted.
 *
 * @example
 * ```ts
 * import { broadcastTo, tensor } from "@rnn/tensor";
 *
 * broadcastTo(tensor([1, 2]), [2, 2]).toArray(); // => [[1, 2], [1, 2]]
 * ```
 *
 * @public
 */
export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  checkTensor("broadcastTo", x);
  return stretched("broadcastTo", x, copyShape("broadcastTo", shape));
}

function stretched(where: string, x: Tensor, shape: readonly number[]): Tensor {
  sizeOf(where, shape);
  const added = shape.length - x.ndim;
  if (added < 0) {
    throw new ShapeError(
      `${where}: shape ${formatShape(x.shape)} has more dimensions than ${formatShape(shape)}; none can be dropped`,
    );
  }
  x.shape.forEach((size, d) => {
    if (size !== 1 && size !== shape[d + added]) {
      throw new ShapeError(
        `${where}: shape ${formatShape(x.shape)} does not stretch to ${formatShape(shape)}: ` +
          `${size} (dim ${d}) != ${shape[d + added]} (dim ${d + added})`,
      );
    }
  });
  return new Tensor(x.data, shape, {
    strides: broadcastStrides(shape, x.shape, x.strides),
    offset: x.offset,
  });
}
