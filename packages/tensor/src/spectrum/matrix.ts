import { formatShape, ShapeError } from "../errors.ts";
import { checkTensor, convert } from "../ops/elementwise.ts";
import type { Tensor } from "../tensor.ts";

/** A row-major float64 copy; throws unless the tensor is a matrix, or a batch of them, and all numbers are finite. */
export function finiteMatrix(where: string, x: Tensor, batch: "single" | "batch" = "single"): Float64Array {
  checkTensor(where, x);
  if (batch === "batch" ? x.ndim < 2 : x.ndim !== 2) {
    throw new ShapeError(
      `${where}: shape ${formatShape(x.shape)} has ${x.ndim} dimensions, expected a matrix`,
    );
  }
  const data = convert(x, "float64").data as Float64Array;
  const bad = data.find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new RangeError(`${where}: the matrix holds ${bad}, expected finite numbers`);
  }
  return data;
}

/** Divides by the largest magnitude, so that no square over- or underflows; returns it. 0 if there is nothing but zeros. */
export function normalise(data: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]!));
  if (largest > 0) for (let i = 0; i < data.length; i++) data[i]! /= largest;
  return largest;
}
