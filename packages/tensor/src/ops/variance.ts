import { allocate } from "../dtype.ts";
import { varianceRows } from "../kernels/sums.ts";
import type { OptionKinds } from "../options.ts";
import { Tensor } from "../tensor.ts";
import { layReduction, type ReduceOptions, type Run, reduceRuns } from "./reduction.ts";
import { checkFloat } from "./sum.ts";

/**
 * Options of {@link variance} and {@link std}.
 *
 * @public
 */
export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from the count in the divisor: 1 (unbiased) if absent, 0 for the population. */
  readonly correction?: number | undefined;
}

const varianceKinds: OptionKinds<VarianceOptions> = {
  dim: "dims",
  keepdim: "boolean",
  correction: "number",
};

/**
 * The variance of elements, of all of them or along dimensions: Σ (x - mean)² / (n - correction).
 *
 * @remarks
 * Computed in float64 in two passes and rounded once. NaN if nothing is left to divide by. It is the method
 * `x.var()`; `var` cannot name a function in JavaScript.
 *
 * @throws RangeError if a dimension is out of range or named twice; TypeError for int32 and bool.
 *
 * @example
 * ```ts
 * import { tensor, variance } from "@rnn/tensor";
 *
 * const x = tensor([1, 2, 3, 4]);
 * variance(x).item(); // => 1.666667
 * variance(x, { correction: 0 }).item(); // => 1.25
 * ```
 *
 * @public
 */
export function variance(x: Tensor, options: VarianceOptions = {}): Tensor {
  return reduceVariance("variance", x, options, (value) => value);
}

/**
 * The standard deviation of elements, of all of them or along dimensions: √variance.
 *
 * @remarks
 * Computed in float64 in two passes and rounded once. NaN if nothing is left to divide by.
 *
 * @throws RangeError if a dimension is out of range or named twice; TypeError for int32 and bool.
 *
 * @example
 * ```ts
 * import { std, tensor } from "@rnn/tensor";
 *
 * std(tensor([[1, 3], [2, 6]]), { dim: 1 }).toArray(); // => [1.414214, 2.828427]
 * ```
 *
 * @public
 */
export function std(x: Tensor, options: VarianceOptions = {}): Tensor {
  return reduceVariance("std", x, options, Math.sqrt);
}

function reduceVariance(
  where: string,
  x: Tensor,
  options: VarianceOptions,
  finish: (variance: number) => number,
): Tensor {
  const reduction = layReduction(where, x, options, varianceKinds);
  checkFloat(where, x);
  const { correction = 1 } = options;
  const { data, offset, n, outer, inner, shape } = reduction;
  const divisor = Math.max(0, n - correction);
  const out = allocate(x.dtype, outer * inner);
  if (
    inner !== 1 ||
    !(data instanceof Float32Array && out instanceof Float32Array) ||
    !varianceRows(data, offset, n, divisor, finish, out)
  ) {
    const run: Run = (data, at, n, stride) => finish(squaredDeviations(data, at, n, stride) / divisor);
    reduceRuns(reduction, run, out);
  }
  return new Tensor(out, shape);
}

/** Σ (x - mean)² of a run. */
const squaredDeviations: Run = (x, at, n, stride) => {
  let total = 0;
  for (let j = 0; j < n; j++) total += x[at + j * stride]!;
  const mean = total / n;
  let squares = 0;
  for (let j = 0; j < n; j++) squares += (x[at + j * stride]! - mean) ** 2;
  return squares;
};
