import { formatShape, ShapeError } from "../errors.ts";
import { describe, normalizeDim } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { select } from "./slice.ts";

/**
 * Views of consecutive parts along a dimension: parts of one size, the last perhaps smaller, or parts of given sizes.
 *
 * @throws {@link ShapeError} if given sizes do not add up to the dimension; RangeError if the size is not a positive
 * integer or the dimension is out of range.
 *
 * @example
 * ```ts
 * import { arange, split } from "@rnn/tensor";
 *
 * split(arange(5), 2).map((part) => part.toArray()); // => [[0, 1], [2, 3], [4]]
 * split(arange(5), [1, 4]).map((part) => part.toArray()); // => [[0], [1, 2, 3, 4]]
 * ```
 *
 * @public
 */
export function split(x: Tensor, size: number | readonly number[], dim = 0): Tensor[] {
  const d = checkDim("split", x, dim);
  if (typeof size !== "number") return parts(x, checkSizes(x, size, d), d);
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`split: size is ${size}, expected a positive integer or a list of sizes`);
  }
  return parts(x, evenSizes("split", x.shape[d]!, size), d);
}

/**
 * Views of consecutive parts along a dimension: at most `chunks` of them, equally large but for the last.
 *
 * @remarks
 * Source: the rule of `torch.chunk`; parts have the size n / chunks rounded up, so there may be fewer of them.
 *
 * @throws RangeError if `chunks` is not a positive integer or the dimension is out of range.
 *
 * @example
 * ```ts
 * import { arange, chunk } from "@rnn/tensor";
 *
 * chunk(arange(5), 2).map((part) => part.toArray()); // => [[0, 1, 2], [3, 4]]
 * ```
 *
 * @public
 */
export function chunk(x: Tensor, chunks: number, dim = 0): Tensor[] {
  const d = checkDim("chunk", x, dim);
  if (!Number.isInteger(chunks) || chunks < 1) {
    throw new RangeError(`chunk: chunks is ${chunks}, expected a positive integer`);
  }
  const n = x.shape[d]!;
  return parts(x, evenSizes("chunk", n, Math.max(1, Math.ceil(n / chunks))), d);
}

/**
 * One view per index of a dimension, which disappears: the steps of a sequence.
 *
 * @remarks
 * Shapes: `[n, a, b]` gives n tensors `[a, b]` for `dim` 0.
 *
 * @throws RangeError if the dimension is out of range or the tensor is 0-d.
 *
 * @example
 * ```ts
 * import { tensor, unbind } from "@rnn/tensor";
 *
 * unbind(tensor([[1, 2], [3, 4]]), 1).map((column) => column.toArray()); // => [[1, 3], [2, 4]]
 * ```
 *
 * @public
 */
export function unbind(x: Tensor, dim = 0): Tensor[] {
  const d = checkDim("unbind", x, dim);
  checkCount("unbind", x.shape[d]!);
  return Array.from({ length: x.shape[d]! }, (_, i) => select(x, d, i));
}

function checkDim(where: string, x: Tensor, dim: number): number {
  checkTensor(where, x);
  if (x.ndim === 0) throw new RangeError(`${where}: a 0-d tensor has no dimension to split`);
  return normalizeDim(where, dim, x.ndim);
}

function checkSizes(x: Tensor, sizes: readonly number[], dim: number): readonly number[] {
  if (!Array.isArray(sizes)) {
    throw new TypeError(`split: size must be a number or an array of sizes, got ${describe(sizes)}`);
  }
  const valid = sizes.every((size) => Number.isInteger(size) && size >= 0);
  if (!valid || sizes.reduce((a, b) => a + b, 0) !== x.shape[dim]) {
    throw new ShapeError(
      `split: sizes ${formatShape(sizes)} do not add up to ${x.shape[dim]} (dim ${dim} of shape ${formatShape(x.shape)})`,
    );
  }
  return sizes;
}

/** At least one size, so that an empty dimension gives one empty part. */
function evenSizes(where: string, n: number, size: number): number[] {
  const count = Math.max(1, Math.ceil(n / size));
  checkCount(where, count);
  return Array.from({ length: count }, (_, i) => Math.min(size, n - i * size));
}

/** A stretched dimension may be larger than any number of tensors that memory holds. */
function checkCount(where: string, count: number): void {
  if (count > maxParts) {
    throw new RangeError(`${where}: ${count} parts, more than the limit of ${maxParts}`);
  }
}

const maxParts = 2 ** 22;

function parts(x: Tensor, sizes: readonly number[], dim: number): Tensor[] {
  let start = 0;
  return sizes.map((size) => {
    const shape = x.shape.slice();
    shape[dim] = size;
    const offset = x.offset + (size > 0 ? start * x.strides[dim]! : 0);
    start += size;
    return new Tensor(x.data, shape, { strides: x.strides, offset });
  });
}
