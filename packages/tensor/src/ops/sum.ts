import { allocate, type DType, isFloat, type TensorData } from "../dtype.ts";
import { sumColumns, sumRows } from "../kernels/sums.ts";
import { Tensor } from "../tensor.ts";
import { layReduction, type ReduceOptions, type Reduction } from "./reduction.ts";

/**
 * The sum of elements, of all of them or along dimensions: Σ x.
 *
 * @remarks
 * float32 is summed in float64 and rounded once. int32 wraps around; bool is counted into int32. An empty sum is 0.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { sum, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 2], [3, 4]]);
 * sum(x).item(); // => 10
 * sum(x, { dim: 0 }).toArray(); // => [4, 6]
 * ```
 *
 * @public
 */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("sum", x, options);
  return dividedSum(reduction, x.dtype === "bool" ? "int32" : x.dtype, 1);
}

/**
 * The mean of elements, of all of them or along dimensions: Σ x / n.
 *
 * @remarks
 * float32 is summed in float64 and rounded once. The mean of nothing is NaN.
 *
 * @throws RangeError if a dimension is out of range or named twice; TypeError for int32 and bool, as in PyTorch.
 *
 * @example
 * ```ts
 * import { mean, tensor } from "@rnn/tensor";
 *
 * mean(tensor([[1, 2], [3, 4]]), { dim: 1, keepdim: true }).toArray(); // => [[1.5], [3.5]]
 * ```
 *
 * @public
 */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("mean", x, options);
  checkFloat("mean", x);
  return dividedSum(reduction, x.dtype, reduction.n);
}

/** Throws unless the elements are fractions; means of whole numbers would need another dtype. */
export function checkFloat(where: string, x: Tensor): void {
  if (!isFloat(x.dtype)) {
    throw new TypeError(
      `${where}: dtype is ${x.dtype}, expected float32 or float64; convert with .to("float32") first`,
    );
  }
}

function dividedSum(
  { data, offset, outer, n, inner, shape }: Reduction,
  dtype: DType,
  divisor: number,
): Tensor {
  const out = allocate(dtype, outer * inner);
  if (data instanceof Float32Array && out instanceof Float32Array) {
    if (sumFloats(data, offset, outer, n, inner, divisor, out)) return new Tensor(out, shape);
  }
  if (inner === 1) {
    for (let o = 0; o < outer; o++) out[o] = sumRun(data, offset + o * n, n) / divisor;
  } else {
    const totals = new Float64Array(inner);
    for (let o = 0; o < outer; o++) {
      addColumns(data, offset + o * n * inner, n, inner, totals);
      for (let i = 0; i < inner; i++) out[o * inner + i] = totals[i]! / divisor;
    }
  }
  return new Tensor(out, shape);
}

/** As `dividedSum`, with SIMD; false, and nothing written, if plain loops are to be used. */
function sumFloats(
  x: Float32Array,
  offset: number,
  outer: number,
  n: number,
  inner: number,
  divisor: number,
  out: Float32Array,
): boolean {
  if (inner === 1) return sumRows(x, offset, n, divisor, out);
  for (let o = 0; o < outer; o++) {
    // the first decides for all
    if (!sumColumns(x, offset + o * n * inner, n, inner, divisor, out, o * inner)) return false;
  }
  return true;
}

/** Elements per block: rounding errors grow with the length of a block and with the number of blocks. */
const blockLength = 1024;

/** The sum of `n` neighbouring elements in float64. */
export function sumRun(x: TensorData, at: number, n: number): number {
  let total = 0;
  for (let end = at + n; at < end; ) {
    const stop = Math.min(at + blockLength, end);
    // four sums at once do not wait for each other
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (; at + 3 < stop; at += 4) {
      s0 += x[at]!;
      s1 += x[at + 1]!;
      s2 += x[at + 2]!;
      s3 += x[at + 3]!;
    }
    for (; at < stop; at++) s0 += x[at]!;
    total += s0 + s1 + (s2 + s3);
  }
  return total;
}

/** `totals[i] = Σⱼ x[j, i]` for `x [n, inner]`, by whole rows so that memory is read in order. */
function addColumns(x: TensorData, at: number, n: number, inner: number, totals: Float64Array): void {
  totals.fill(0);
  let j = 0;
  // four rows at once, so that each total is loaded and stored once for four additions
  for (; j + 3 < n; j += 4, at += 4 * inner) {
    for (let i = at, c = 0; c < inner; i++, c++) {
      totals[c]! += x[i]! + x[i + inner]! + (x[i + 2 * inner]! + x[i + 3 * inner]!);
    }
  }
  for (; j < n; j++, at += inner) {
    for (let i = 0; i < inner; i++) totals[i]! += x[at + i]!;
  }
}
