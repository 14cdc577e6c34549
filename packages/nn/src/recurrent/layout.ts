import { ShapeError, Tensor } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkFloat, type FloatDType } from "../dtype.ts";
import { reshape } from "../functional/reshape.ts";
import { transpose } from "../functional/transpose.ts";
import { floatsOf } from "../memory/float-data.ts";
import { printShape } from "../shape.ts";
import { gatherSteps, orderSteps, type RowOrder, scatterSteps } from "./row-order.ts";
import { type StepChoice, validSteps } from "./valid-steps.ts";

/**
 * How the user's batch maps to what the sequences run on: `[L, N, features]`, rows sorted by length.
 *
 * Made once per call, at the door; checks shape, dtype, lengths and mask there.
 */
export interface BatchLayout {
  readonly steps: number;
  readonly batch: number;
  /** Whether the input has no batch dimension; then `batch` is 1. */
  readonly isUnbatched: boolean;
  readonly isBatchFirst: boolean;
  /** `null` if all rows have all steps. */
  readonly order: RowOrder | null;
}

/** Checks `x`, `lengths` and `mask` and reads the layout off them. */
export function layoutOf(
  where: string,
  x: Variable,
  choice: StepChoice,
  expected: { inputSize: number; batchFirst: boolean; dtype: FloatDType },
): BatchLayout {
  const { shape } = x;
  const isUnbatched = shape.length === 2;
  const isBatchFirst = expected.batchFirst && !isUnbatched;
  if (shape.length !== 2 && shape.length !== 3) {
    const names = expected.batchFirst ? "[N, L, inputSize]" : "[L, N, inputSize]";
    throw new ShapeError(
      `${where}: input must be ${names}, or [L, inputSize] without a batch, got shape ${printShape(shape)}`,
    );
  }
  checkFeatures(where, x, expected.inputSize);
  checkFloat(where, "input", x.dtype, expected.dtype);
  const steps = shape[isBatchFirst ? 1 : 0]!;
  const batch = isUnbatched ? 1 : shape[isBatchFirst ? 0 : 1]!;
  if (steps === 0) {
    throw new ShapeError(`${where}: input has no time steps (input shape ${printShape(shape)})`);
  }
  const dims = isUnbatched ? "[L]" : isBatchFirst ? "[N, L]" : "[L, N]";
  const isStep = validSteps(where, choice, { steps, batch, dims, shape });
  const order = isStep && orderSteps(steps, batch, isStep);
  return { steps, batch, isUnbatched, isBatchFirst, order };
}

/** The user's input as `[L, N, features]` with contiguous features, rows sorted, zeros where a row has no step. */
export function toTimeMajor(x: Variable, { isUnbatched, isBatchFirst, order }: BatchLayout): Variable {
  if (isUnbatched) x = reshape(x, [x.shape[0]!, 1, x.shape[1]!]);
  else if (isBatchFirst) x = transpose(x, 0, 1);
  if (order !== null) return gatherSteps(x, order);
  if (x.value.isContiguous || x.value.strides[2] === 1) return x;
  const value = new Tensor(floatsOf(x.value), x.shape);
  return record("contiguous", [x], value, (dy) => [dy]);
}

/** The output `[L, N, features]` in the user's layout. */
export function fromTimeMajor(y: Variable, { isUnbatched, isBatchFirst, order }: BatchLayout): Variable {
  if (order !== null) y = scatterSteps(y, order);
  if (isUnbatched) return reshape(y, [y.shape[0]!, y.shape[2]!]);
  return isBatchFirst ? transpose(y, 0, 1) : y;
}

/** The step and row of the user's batch that step `k` of the row at `place` is. */
export function userStep(
  { batch, order }: BatchLayout,
  k: number,
  place: number,
): [step: number, row: number] {
  const at = order === null ? k * batch + place : order.source[k * batch + place]!;
  return [Math.floor(at / batch), at % batch];
}

/** Throws unless the last dimension of `x` is `inputSize`. */
export function checkFeatures(where: string, x: Variable, inputSize: number): void {
  const features = x.shape[x.shape.length - 1]!;
  if (features === inputSize) return;
  throw new ShapeError(
    `${where}: input has ${features} features in its last dimension, but inputSize is ${inputSize} ` +
      `(input shape ${printShape(x.shape)})`,
  );
}
