import { allocate } from "../dtype.ts";
import { normRows } from "../kernels/sums.ts";
import type { OptionKinds } from "../options.ts";
import { Tensor } from "../tensor.ts";
import { layReduction, type ReduceOptions, type Run, reduceRuns } from "./reduction.ts";
import { checkFloat } from "./sum.ts";

/**
 * Options of {@link norm}.
 *
 * @public
 */
export interface NormOptions extends ReduceOptions {
  /** The order: 2 (Euclidean) if absent, 1 for the sum of magnitudes, Infinity for the largest one, 0 to count non-zeros. */
  readonly p?: number | undefined;
}

const normKinds: OptionKinds<NormOptions> = { p: "number", dim: "dims", keepdim: "boolean" };

/**
 * The p-norm of the elements as one vector, or of the vectors along dimensions: (Σ |x|ᵖ)^(1/p).
 *
 * @remarks
 * Computed in float64 and rounded once. With p = Infinity or -Infinity it is the largest or smallest magnitude.
 *
 * @throws RangeError if a dimension is out of range or named twice, or p is NaN; TypeError for int32 and bool.
 *
 * @example
 * ```ts
 * import { norm, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[3, 4], [0, -2]]);
 * norm(x, { dim: 1 }).toArray(); // => [5, 2]
 * norm(x, { p: 1 }).item(); // => 9
 * ```
 *
 * @public
 */
export function norm(x: Tensor, options: NormOptions = {}): Tensor {
  const reduction = layReduction("norm", x, options, normKinds);
  checkFloat("norm", x);
  const { p = 2 } = options;
  if (Number.isNaN(p)) throw new RangeError("norm: p is NaN; use a number, Infinity or -Infinity");
  const { data, offset, n, outer, inner, shape } = reduction;
  const out = allocate(x.dtype, outer * inner);
  if (
    p !== 2 ||
    inner !== 1 ||
    !(data instanceof Float32Array && out instanceof Float32Array) ||
    !normRows(data, offset, n, out)
  ) {
    reduceRuns(reduction, runFor(p), out);
  }
  return new Tensor(out, shape);
}

function runFor(p: number): Run {
  if (p === 2) return euclidean;
  if (p === 1) return sumOfMagnitudes;
  if (p === 0) return countNonZero;
  if (p === Infinity) return largestMagnitude;
  if (p === -Infinity) return smallestMagnitude;
  return (x, at, n, stride) => {
    let total = 0;
    for (let j = 0; j < n; j++) total += Math.abs(x[at + j * stride]!) ** p;
    return total ** (1 / p);
  };
}

const euclidean: Run = (x, at, n, stride) => {
  let total = 0;
  for (let j = 0; j < n; j++) total += x[at + j * stride]! ** 2;
  return Math.sqrt(total);
};

const sumOfMagnitudes: Run = (x, at, n, stride) => {
  let total = 0;
  for (let j = 0; j < n; j++) total += Math.abs(x[at + j * stride]!);
  return total;
};

const countNonZero: Run = (x, at, n, stride) => {
  let count = 0;
  for (let j = 0; j < n; j++) if (x[at + j * stride] !== 0) count++;
  return count;
};

const largestMagnitude: Run = (x, at, n, stride) => {
  let largest = 0;
  for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs(x[at + j * stride]!));
  return largest;
};

const smallestMagnitude: Run = (x, at, n, stride) => {
  let smallest = Infinity;
  for (let j = 0; j < n; j++) smallest = Math.min(smallest, Math.abs(x[at + j * stride]!));
  return smallest;
};
