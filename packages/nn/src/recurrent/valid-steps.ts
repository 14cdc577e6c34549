import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkTensor } from "../functional/operand.ts";
import { checkLengths, type Lengths } from "../lengths.ts";
import { printShape, sameShape } from "../shape.ts";

/** Whether row `row` of a batch has a step at time `t`. */
export type IsStep = (t: number, row: number) => boolean;

/** How a user says it: by lengths, by a mask, or by both; then a step is one if both say so. */
export interface StepChoice {
  readonly lengths?: Lengths | undefined;
  readonly mask?: Tensor | undefined;
}

/** The sequence that a {@link StepChoice} is checked against. */
export interface StepGrid {
  readonly steps: number;
  readonly batch: number;
  /** The dimensions of a mask. */
  readonly dims: "[L]" | "[L, N]" | "[N, L]";
  /** Shape of the input, for errors. */
  readonly shape: readonly number[];
}

/** Checks `lengths` and `mask`; `null` if neither is given. */
export function validSteps(where: string, { lengths, mask }: StepChoice, grid: StepGrid): IsStep | null {
  if (lengths !== undefined) checkLengths(where, lengths, grid.steps, grid.batch, grid.shape);
  const isBeforeEnd: IsStep | null = lengths === undefined ? null : (t, row) => t < lengths[row]!;
  const isPicked = mask === undefined ? null : stepsOfMask(where, mask, grid);
  if (isBeforeEnd === null || isPicked === null) return isBeforeEnd ?? isPicked;
  return (t, row) => isBeforeEnd(t, row) && isPicked(t, row);
}

function stepsOfMask(where: string, given: Tensor, { steps, batch, dims }: StepGrid): IsStep {
  const mask = checkTensor(where, "mask", given);
  if (mask.dtype !== "bool") {
    throw new TypeError(`${where}: mask is ${mask.dtype}, expected bool; convert it with .to("bool")`);
  }
  const expected = { "[L]": [steps], "[L, N]": [steps, batch], "[N, L]": [batch, steps] }[dims];
  if (!sameShape(mask.shape, expected)) {
    throw new ShapeError(
      `${where}: mask has shape ${printShape(mask.shape)}, expected ${printShape(expected)} = ${dims}`,
    );
  }
  const { data, offset, strides } = mask;
  const [time, rows] = dims === "[N, L]" ? [strides[1]!, strides[0]!] : [strides[0]!, strides[1] ?? 0];
  return (t, row) => data[offset + t * time + row * rows] !== 0;
}
