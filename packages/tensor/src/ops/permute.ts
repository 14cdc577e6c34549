import { formatShape, ShapeError } from "../errors.ts";
import { describe, normalizeDim, normalizeDims } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * A view with its dimensions in another order: dimension `i` of the result is dimension `dims[i]` of `x`.
 *
 * @throws {@link ShapeError} if not every dimension is named; RangeError if one is out of range or named twice.
 *
 * @example
 * ```ts
 * import { permute, zeros } from "@rnn/tensor";
 *
 * permute(zeros([2, 3, 4]), [2, 0, 1]).shape; // => [4, 2, 3]
 * ```
 *
 * @public
 */
export function permute(x: Tensor, dims: readonly number[]): Tensor {
  checkTensor("permute", x);
  if (!Array.isArray(dims)) {
    throw new TypeError(
      `permute: dims must be an array, got ${describe(dims)}; name each of the ${x.ndim} dimensions once, as in permute(x, [1, 0])`,
    );
  }
  if (dims.length !== x.ndim) {
    throw new ShapeError(
      `permute: ${dims.length} dims ${formatShape(dims)} for shape ${formatShape(x.shape)}; ` +
        `name each of its ${x.ndim} dimensions once`,
    );
  }
  const order = normalizeDims("permute", dims, x.ndim);
  return new Tensor(
    x.data,
    order.map((d) => x.shape[d]!),
    { strides: order.map((d) => x.strides[d]!), offset: x.offset },
  );
}

/**
 * A view with two dimensions exchanged.
 *
 * @throws RangeError if a dimension is out of range.
 *
 * @example
 * ```ts
 * import { tensor, transpose } from "@rnn/tensor";
 *
 * transpose(tensor([[1, 2, 3], [4, 5, 6]]), 0, 1).toArray(); // => [[1, 4], [2, 5], [3, 6]]
 * ```
 *
 * @public
 */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  checkTensor("transpose", x);
  const a = normalizeDim("transpose", dim0, x.ndim);
  const b = normalizeDim("transpose", dim1, x.ndim);
  if (x.ndim === 0) return x;
  return new Tensor(x.data, exchanged(x.shape, a, b), {
    strides: exchanged(x.strides, a, b),
    offset: x.offset,
  });
}

/**
 * A view with dimensions moved to other places; the others keep their order.
 *
 * @throws {@link ShapeError} if there are not as many places as dimensions; RangeError if one is out of range or named
 * twice.
 *
 * @example
 * ```ts
 * import { movedim, zeros } from "@rnn/tensor";
 *
 * movedim(zeros([2, 3, 4]), 0, -1).shape; // => [3, 4, 2]
 * ```
 *
 * @public
 */
export function movedim(
  x: Tensor,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  checkTensor("movedim", x);
  const from = normalizeDims("movedim", source, x.ndim);
  const to = normalizeDims("movedim", destination, x.ndim);
  if (from.length !== to.length) {
    throw new ShapeError(`movedim: ${from.length} dims to ${to.length} places; expected one for each`);
  }
  if (x.ndim === 0) return x;
  const rest = x.shape.map((_, d) => d).filter((d) => !from.includes(d));
  return permute(
    x,
    x.shape.map((_, d) => (to.includes(d) ? from[to.indexOf(d)]! : rest.shift()!)),
  );
}

function exchanged(list: readonly number[], a: number, b: number): number[] {
  const result = list.slice();
  result[a] = list[b]!;
  result[b] = list[a]!;
  return result;
}
