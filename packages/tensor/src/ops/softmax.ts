import { allocate, floatOf, type TensorData } from "../dtype.ts";
import { softmaxKernel } from "../kernels/softmax.ts";
import { Tensor } from "../tensor.ts";
import { layAlong } from "./reduction.ts";

/**
 * Exponentials along a dimension, scaled so that they sum to 1: eˣⁱ / Σⱼ eˣʲ.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. The largest element is subtracted first, so nothing overflows.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { softmax, tensor } from "@rnn/tensor";
 *
 * softmax(tensor([1000, 1000, 1001]), 0).toArray(); // => [0.211942, 0.211942, 0.576117]
 * ```
 *
 * @public
 */
export function softmax(x: Tensor, dim: number): Tensor {
  return alongRuns("softmax", x, dim, (data, at, n, stride, out, to) => {
    const largest = largestOf(data, at, n, stride);
    let total = 0;
    for (let j = 0; j < n; j++) total += out[to + j * stride] = Math.exp(data[at + j * stride]! - largest);
    for (let j = 0; j < n; j++) out[to + j * stride]! /= total;
  });
}

/**
 * The logarithm of {@link softmax}, computed without forming it: xᵢ - ln Σⱼ eˣʲ.
 *
 * @remarks
 * The shape stays; int32 and bool become float32. Finite also where softmax rounds to zero.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { logSoftmax, tensor } from "@rnn/tensor";
 *
 * logSoftmax(tensor([0, 1000]), 0).toArray(); // => [-1000, 0]
 * ```
 *
 * @public
 */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  return alongRuns("logSoftmax", x, dim, (data, at, n, stride, out, to) => {
    const largest = largestOf(data, at, n, stride);
    let total = 0;
    for (let j = 0; j < n; j++) total += Math.exp(data[at + j * stride]! - largest);
    const logTotal = Math.log(total);
    for (let j = 0; j < n; j++) out[to + j * stride] = data[at + j * stride]! - largest - logTotal;
  });
}

/** Computes `n` elements, `stride` apart, of the result from those of the source. */
type RunMap = (data: TensorData, at: number, n: number, stride: number, out: TensorData, to: number) => void;

function alongRuns(where: "logSoftmax" | "softmax", x: Tensor, dim: number, run: RunMap): Tensor {
  const { data, offset, outer, n, inner } = layAlong(where, x, dim);
  const out = allocate(floatOf(x.dtype), x.size);
  if (data instanceof Float32Array && out instanceof Float32Array) {
    if (softmaxKernel(where, data, offset, outer, n, inner, out)) return new Tensor(out, x.shape);
  }
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * n * inner + i;
      run(data, offset + start, n, inner, out, start);
    }
  }
  return new Tensor(out, x.shape);
}

function largestOf(x: TensorData, at: number, n: number, stride: number): number {
  let largest = -Infinity;
  for (let j = 0; j < n; j++) largest = Math.max(largest, x[at + j * stride]!);
  return largest;
}
