import { formatShape, ShapeError } from "../errors.ts";
import { gemm } from "../kernels/gemm.ts";
import type { Tensor } from "../tensor.ts";
import { finiteMatrix } from "./matrix.ts";

/**
 * The largest magnitude of an eigenvalue of a square matrix: how fast its powers grow.
 *
 * @remarks
 * Shapes: `[n, n]` gives a number. Gelfand's formula, the limit of |Aᵏ|^(1/k), by squaring in float64 up to k = 2⁵⁰ or
 * until it stands still: complex and multiple eigenvalues need no care. Never above {@link spectralNorm}, but for rounding.
 *
 * @throws {@link ShapeError} if the tensor is not a square matrix; RangeError if a number is not finite.
 *
 * @example
 * ```ts
 * import { spectralRadius, tensor } from "@rnn/tensor";
 *
 * spectralRadius(tensor([[0, -1.5], [1.5, 0]])); // => 1.5000
 * spectralRadius(tensor([[0.5, 9], [0, 0.25]])); // => 0.5
 * ```
 *
 * @public
 */
export function spectralRadius(x: Tensor): number {
  let power = finiteMatrix("spectralRadius", x);
  const [n, columns] = x.shape as [number, number];
  if (n !== columns) {
    throw new ShapeError(`spectralRadius: shape ${formatShape(x.shape)} is not square: ${n} != ${columns}`);
  }
  // log |Aᵏ| / k is a sum over squarings: the matrix is brought to norm 1 each time, and the logarithm kept
  let logarithm = 0;
  for (let j = 0, weight = 1; j <= maxSquarings; j++, weight /= 2) {
    if (j > 0) power = squareOf(power, n);
    const norm = frobeniusNorm(power);
    if (norm === 0) return 0;
    const part = weight * Math.log(norm);
    logarithm += part;
    if (j > 0 && Math.abs(part) < 2 ** -53) break;
    for (let i = 0; i < power.length; i++) power[i]! /= norm;
  }
  return Math.exp(logarithm);
}

const maxSquarings = 50;

function squareOf(a: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  gemm(n, n, n, a, 0, n, 1, a, 0, n, 1, c, 0, n, false);
  return c;
}

function frobeniusNorm(a: Float64Array): number {
  let largest = 0;
  for (const value of a) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  // relative to the largest, so that no square over- or underflows
  let squares = 0;
  for (const value of a) squares += (value / largest) ** 2;
  return largest * Math.sqrt(squares);
}
