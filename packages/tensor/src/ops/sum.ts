import { allocate, type DType, type TensorData } from "../dtype.ts";
import { Tensor } from "../tensor.ts";
import { layReduction, type ReduceOptions } from "./reduction.ts";

/** @public */
export function sum(x: Tensor, { dim, keepdim = false }: ReduceOptions = {}): Tensor {
  const { x: source, outer, n, inner, shape } = layReduction("sum", x, dim, keepdim);
  const dtype: DType = x.dtype === "bool" ? "int32" : x.dtype;
  const out = allocate(dtype, outer * inner);
  if (inner === 1) sumRows(source.data, source.offset, outer, n, out);
  else sumColumns(source.data, source.offset, outer, n, inner, out);
  return new Tensor(out, shape);
}

/** `out[o] = sum over j of x[o, j]` for x `[outer, n]`; sums are float64 whatever the dtype. */
function sumRows(x: TensorData, offset: number, outer: number, n: number, out: TensorData): void {
  let at = offset;
  for (let o = 0; o < outer; o++) {
    let total = 0;
    for (const end = at + n; at < end; at++) total += x[at]!;
    out[o] = total;
  }
}

/** `out[o, i] = sum over j of x[o, j, i]` for x `[outer, n, inner]`, adding whole rows so that memory is read in order. */
function sumColumns(
  x: TensorData,
  offset: number,
  outer: number,
  n: number,
  inner: number,
  out: TensorData,
): void {
  const totals = new Float64Array(inner);
  let at = offset;
  for (let o = 0; o < outer; o++) {
    totals.fill(0);
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < inner; i++) totals[i]! += x[at++]!;
    }
    for (let i = 0; i < inner; i++) out[o * inner + i] = totals[i]!;
  }
}
