import { formatShape, ShapeError } from "../errors.ts";
import { describe, normalizeDim } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * A view of a diagonal of the matrices that two dimensions make: y[..., i] = x[..., i, i + offset].
 *
 * @remarks
 * The two dimensions disappear and the diagonal becomes the last one. A positive offset is above the main diagonal, a
 * negative one below it.
 *
 * @throws {@link ShapeError} if the tensor has fewer than two dimensions; RangeError if the offset is not an integer, or
 * the dimensions are out of range or the same.
 *
 * @example
 * ```ts
 * import { diagonal, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * diagonal(x).toArray(); // => [1, 5]
 * diagonal(x, 1).toArray(); // => [2, 6]
 * ```
 *
 * @public
 */
export function diagonal(x: Tensor, offset = 0, dim0 = 0, dim1 = 1): Tensor {
  checkTensor("diagonal", x);
  if (x.ndim < 2) {
    throw new ShapeError(
      `diagonal: shape ${formatShape(x.shape)} has ${x.ndim} dimensions, expected two or more`,
    );
  }
  if (!Number.isInteger(offset))
    throw new RangeError(`diagonal: offset is ${describe(offset)}, expected an integer`);
  const a = normalizeDim("diagonal", dim0, x.ndim);
  const b = normalizeDim("diagonal", dim1, x.ndim);
  if (a === b) throw new RangeError(`diagonal: dim ${dim0} and dim ${dim1} are the same`);
  const [row, column] = [Math.max(0, -offset), Math.max(0, offset)];
  const length = Math.max(0, Math.min(x.shape[a]! - row, x.shape[b]! - column));
  // an empty diagonal may start past the end; stay inside the data
  const start = length > 0 ? row * x.strides[a]! + column * x.strides[b]! : 0;
  const rest = (list: readonly number[], last: number): number[] => [
    ...list.filter((_, d) => d !== a && d !== b),
    last,
  ];
  return new Tensor(x.data, rest(x.shape, length), {
    strides: rest(x.strides, x.strides[a]! + x.strides[b]!),
    offset: x.offset + start,
  });
}
