import { allocate, floatOf, isFloat } from "../dtype.ts";
import { Tensor } from "../tensor.ts";
import type { Extremum } from "./extremum.ts";
import { layAlong } from "./reduction.ts";

/**
 * Running products along a dimension: y[i] = x[0] x[1] ... x[i].
 *
 * @remarks
 * The shape stays. float32 is multiplied in float64, each product rounded once; int32 wraps around, bool gives int32.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { cumprod, tensor } from "@rnn/tensor";
 *
 * cumprod(tensor([1, 2, 3, 4]), 0).toArray(); // => [1, 2, 6, 24]
 * ```
 *
 * @public
 */
export function cumprod(x: Tensor, dim: number): Tensor {
  const { data, offset, outer, n, inner } = layAlong("cumprod", x, dim);
  const float = isFloat(x.dtype);
  const out = allocate(float ? x.dtype : "int32", x.size);
  forEachRun(outer, n, inner, (start, end) => {
    let product = 1;
    for (let at = start; at < end; at += inner) {
      const value = data[offset + at]!;
      product = float ? product * value : Math.imul(product, value);
      out[at] = product;
    }
  });
  return new Tensor(out, x.shape);
}

/**
 * The logarithms of running sums of exponentials along a dimension: y[i] = ln(exp x[0] + ... + exp x[i]).
 *
 * @remarks
 * The shape stays. Computed in float64 without overflow, each rounded once; int32 and bool give float32.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { logcumsumexp, tensor } from "@rnn/tensor";
 *
 * logcumsumexp(tensor([1000, 1000, -Infinity]), 0).toArray(); // => [1000, 1000.6932, 1000.6932]
 * ```
 *
 * @public
 */
export function logcumsumexp(x: Tensor, dim: number): Tensor {
  const { data, offset, outer, n, inner } = layAlong("logcumsumexp", x, dim);
  const out = allocate(floatOf(x.dtype), x.size);
  forEachRun(outer, n, inner, (start, end) => {
    let total = -Infinity;
    for (let at = start; at < end; at += inner) {
      const value = data[offset + at]!;
      const larger = Math.max(total, value);
      // equal infinities have no difference
      total =
        total === value ? value + Math.LN2 : larger + Math.log1p(Math.exp(Math.min(total, value) - larger));
      out[at] = total;
    }
  });
  return new Tensor(out, x.shape);
}

/**
 * The largest elements so far along a dimension, and where they were.
 *
 * @remarks
 * The shape stays. NaN is larger than everything. Of equal elements the last is indexed, as in PyTorch.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { cummax, tensor } from "@rnn/tensor";
 *
 * const { values, indices } = cummax(tensor([1, 3, 2, 3]), 0);
 * values.toArray(); // => [1, 3, 3, 3]
 * indices.toArray(); // => [0, 1, 1, 3]
 * ```
 *
 * @public
 */
export function cummax(x: Tensor, dim: number): Extremum {
  return running("cummax", x, dim, (value, best) => value >= best);
}

/**
 * The smallest elements so far along a dimension, and where they were.
 *
 * @remarks
 * The shape stays. NaN is smaller than everything. Of equal elements the last is indexed, as in PyTorch.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { cummin, tensor } from "@rnn/tensor";
 *
 * cummin(tensor([4, 3, 5, 1]), 0).values.toArray(); // => [4, 3, 3, 1]
 * ```
 *
 * @public
 */
export function cummin(x: Tensor, dim: number): Extremum {
  return running("cummin", x, dim, (value, best) => value <= best);
}

function running(
  where: string,
  x: Tensor,
  dim: number,
  wins: (value: number, best: number) => boolean,
): Extremum {
  const { data, offset, outer, n, inner } = layAlong(where, x, dim);
  const values = allocate(x.dtype, x.size);
  const indices = new Int32Array(x.size);
  forEachRun(outer, n, inner, (start, end) => {
    let best = data[offset + start]!;
    let index = 0;
    for (let at = start, i = 0; at < end; at += inner, i++) {
      const value = data[offset + at]!;
      // after a NaN only another one wins
      if (Number.isNaN(value) || wins(value, best)) {
        best = value;
        index = i;
      }
      values[at] = best;
      indices[at] = index;
    }
  });
  return { values: new Tensor(values, x.shape), indices: new Tensor(indices, x.shape) };
}

/** Visits where every run of `n` elements, `inner` apart, starts and ends. */
function forEachRun(
  outer: number,
  n: number,
  inner: number,
  visit: (start: number, end: number) => void,
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * n * inner + i;
      visit(start, start + n * inner);
    }
  }
}
