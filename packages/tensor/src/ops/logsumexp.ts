import { allocate, floatOf } from "../dtype.ts";
import { Tensor } from "../tensor.ts";
import { layReduction, type ReduceOptions, type Run, reduceRuns } from "./reduction.ts";

/**
 * The logarithm of the sum of exponentials, of all elements or along dimensions: ln Σ eˣ.
 *
 * @remarks
 * The largest element is taken out of the sum first, so nothing overflows: m + ln Σ eˣ⁻ᵐ. Computed in float64 and
 * rounded once; int32 and bool give float32. Of nothing, it is -Infinity.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { logsumexp, tensor } from "@rnn/tensor";
 *
 * logsumexp(tensor([1000, 1000])).item(); // => 1000.6932
 * ```
 *
 * @public
 */
export function logsumexp(x: Tensor, options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("logsumexp", x, options);
  const out = allocate(floatOf(x.dtype), reduction.outer * reduction.inner);
  reduceRuns(reduction, logSumExpRun, out);
  return new Tensor(out, reduction.shape);
}

const logSumExpRun: Run = (x, at, n, stride) => {
  let largest = -Infinity;
  for (let j = 0; j < n; j++) largest = Math.max(largest, x[at + j * stride]!);
  // an infinite maximum is the answer itself; subtracting it would give NaN
  const shift = Math.abs(largest) === Infinity ? 0 : largest;
  let total = 0;
  for (let j = 0; j < n; j++) total += Math.exp(x[at + j * stride]! - shift);
  return shift + Math.log(total);
};
