import { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { floatsOf } from "../memory/float-data.ts";
import { internalZeros } from "../memory/small-arrays.ts";
import { zerosLike } from "./buffers.ts";
import type { CellWeights } from "./cell.ts";
import { addLinear, columnSums, linearInputGradient, linearWeightGradient } from "./products.ts";

// What the input contributes to a sequence does not depend on the state, so it is one product for all L * N rows.

/**
 * `x W_ihᵀ + b_ih + b_hh` for all steps: `[L * N, G * H]`.
 *
 * Only the first `sharedBias` entries of `b_hh` are added: the rest belongs to a gate that uses it elsewhere.
 *
 * @param projected - zeros to write to; made if not given
 */
export function projectInput(
  x: Variable,
  weights: CellWeights,
  sharedBias: number,
  projected: FloatArray = internalZeros(floatsOf(weights.weightIh.value), projectionSize(x, weights)),
): FloatArray {
  const [steps, batch, inputSize] = x.shape as [number, number, number];
  const rows = steps * batch;
  const width = weights.weightIh.shape[0]!;
  const weight = floatsOf(weights.weightIh.value);
  if (weights.biasIh !== null && weights.biasHh !== null && rows > 0) {
    const biasHh = floatsOf(weights.biasHh.value);
    projected.set(floatsOf(weights.biasIh.value));
    for (let j = 0; j < sharedBias; j++) projected[j]! += biasHh[j]!;
    repeatFirstRow(projected, rows, width);
  }
  addLinear(rows, width, inputSize, floatsOf(x.value), 0, weight, 0, projected, 0, width);
  return projected;
}

function projectionSize(x: Variable, { weightIh }: CellWeights): number {
  return x.shape[0]! * x.shape[1]! * weightIh.shape[0]!;
}

/** Copies row 0 of a `[rows, width]` matrix into all others. */
export function repeatFirstRow(matrix: FloatArray, rows: number, width: number): void {
  const end = rows * width;
  for (let filled = width; filled < end; filled *= 2)
    matrix.copyWithin(filled, 0, Math.min(filled, end - filled));
}

/** `dProjected W_ih`: the gradient of the input; `null` if nobody wants it. */
export function inputGradient(x: Variable, weights: CellWeights, dProjected: FloatArray): Tensor | null {
  if (!x.requiresGrad) return null;
  const [steps, batch, inputSize] = x.shape as [number, number, number];
  const width = weights.weightIh.shape[0]!;
  const weight = floatsOf(weights.weightIh.value);
  const dx = internalZeros(weight, steps * batch * inputSize);
  linearInputGradient(steps * batch, width, inputSize, dProjected, 0, width, weight, 0, dx, 0, false);
  return new Tensor(dx, x.shape);
}

/** `dyᵀ x` for a weight `[n, k]`, `dy` `[rows, n]` and `x` `[rows, k]`. */
export function weightGradient(weight: Variable, dy: FloatArray, x: FloatArray, rows: number): Tensor | null {
  if (!weight.requiresGrad) return null;
  const [n, k] = weight.shape as [number, number];
  const dWeight = zerosLike(x, n * k);
  linearWeightGradient(rows, n, k, dy, n, x, dWeight, 0);
  return new Tensor(dWeight, weight.shape);
}

/** Sum of `dy` over its rows, for each bias: they are added to the same thing, so one sum serves all. */
export function biasGradients(biases: readonly Variable[], dy: FloatArray, rows: number): Tensor[] {
  const [bias] = biases;
  if (bias === undefined) return [];
  const dBias = zerosLike(dy, bias.size);
  columnSums(rows, bias.size, dy, dBias, 0);
  // an array for each, so that nobody has to copy it
  return biases.map((bias, i) => new Tensor(i === 0 ? dBias : dBias.slice(), bias.shape));
}
