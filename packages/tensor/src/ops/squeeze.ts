import { normalizeDim, normalizeDims } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * A view with a new dimension of size 1 in front of dimension `dim`; -1 puts it last.
 *
 * @throws RangeError if `dim` is out of range.
 *
 * @example
 * ```ts
 * import { unsqueeze, zeros } from "@rnn/tensor";
 *
 * unsqueeze(zeros([2, 3]), 1).shape; // => [2, 1, 3]
 * unsqueeze(zeros([2, 3]), -1).shape; // => [2, 3, 1]
 * ```
 *
 * @public
 */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  checkTensor("unsqueeze", x);
  const at = normalizeDim("unsqueeze", dim, x.ndim + 1, "result");
  const shape = x.shape.slice();
  const strides = x.strides.slice();
  // any stride would do for one element; this one keeps row-major tensors row-major
  strides.splice(at, 0, at < x.ndim ? x.shape[at]! * x.strides[at]! : 1);
  shape.splice(at, 0, 1);
  return new Tensor(x.data, shape, { strides, offset: x.offset });
}

/**
 * A view without dimensions of size 1: all such, or those of the given ones that have size 1.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { squeeze, zeros } from "@rnn/tensor";
 *
 * squeeze(zeros([1, 3, 1])).shape; // => [3]
 * squeeze(zeros([1, 3, 1]), 0).shape; // => [3, 1]
 * squeeze(zeros([1, 3, 1]), 1).shape; // => [1, 3, 1]
 * ```
 *
 * @public
 */
export function squeeze(x: Tensor, dim?: number | readonly number[]): Tensor {
  checkTensor("squeeze", x);
  const dims = dim === undefined ? null : normalizeDims("squeeze", dim, x.ndim);
  const stays = (d: number): boolean => x.shape[d] !== 1 || (dims !== null && !dims.includes(d));
  return new Tensor(
    x.data,
    x.shape.filter((_, d) => stays(d)),
    { strides: x.strides.filter((_, d) => stays(d)), offset: x.offset },
  );
}
