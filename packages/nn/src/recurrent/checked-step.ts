import { ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { Variable, variable } from "../autograd/variable.ts";
import { checkFloat, type FloatDType } from "../dtype.ts";
import { checkTensor } from "../functional/operand.ts";
import { reshape } from "../functional/reshape.ts";
import { printShape, sameShape } from "../shape.ts";
import type { CellState, StateSizes } from "./cell.ts";
import { checkFeatures } from "./layout.ts";
import { checkState } from "./state.ts";

/** A state as users pass it to a cell: tensors are accepted too. */
export type GivenState<State> = Readonly<Record<keyof State, Variable | Tensor>>;

/** What a cell's step is checked against. */
export interface StepForm<State extends CellState> {
  /** The class that errors name. */
  readonly name: string;
  readonly inputSize: number;
  readonly sizes: StateSizes<State>;
  readonly dtype: FloatDType;
}

/**
 * What every cell does with what a user passes in: checks input and state, fills in zeros for a missing state, and runs one
 * step on `x` `[N, inputSize]`.
 *
 * Without a batch the step sees a batch of one.
 */
export function checkedStep<State extends CellState>(
  form: StepForm<State>,
  input: Variable | Tensor,
  state: GivenState<State> | undefined,
  step: (x: Variable, state: State) => State,
): State {
  const where = `${form.name}.forward`;
  checkTensor(where, "input", input);
  const x = variable(input);
  if (x.ndim !== 1 && x.ndim !== 2) {
    throw new ShapeError(
      `${where}: input must be [N, inputSize], or [inputSize] without a batch, got shape ${printShape(x.shape)}`,
    );
  }
  checkFeatures(where, x, form.inputSize);
  checkFloat(where, "input", x.dtype, form.dtype);
  const isUnbatched = x.ndim === 1;
  const batch = isUnbatched ? 1 : x.shape[0]!;
  const before = stateBefore(where, form, state, batch, isUnbatched);
  if (!isUnbatched) return step(x, before);
  const after = step(reshape(x, [1, form.inputSize]), before);
  return mapParts(form.sizes, (part, size) => reshape(after[part]!, [size]));
}

function stateBefore<State extends CellState>(
  where: string,
  { sizes, dtype }: StepForm<State>,
  given: GivenState<State> | undefined,
  batch: number,
  isUnbatched: boolean,
): State {
  if (given !== undefined) checkState(where, given, Object.keys(sizes));
  return mapParts(sizes, (part, size) => {
    if (given === undefined) return new Variable(zeros([batch, size], { dtype }));
    const value = given[part];
    if (value === undefined || value === null) {
      throw new TypeError(
        `${where}: state.${String(part)} is missing; state needs ${Object.keys(sizes).join(" and ")}`,
      );
    }
    const expected = isUnbatched ? [size] : [batch, size];
    checkTensor(where, `state.${String(part)}`, value);
    if (!sameShape(value.shape, expected)) {
      const advice = "layer" in given! ? "; of what a layer returned, take state.layer(i).forward" : "";
      throw new ShapeError(
        `${where}: state.${String(part)} has shape ${printShape(value.shape)}, ` +
          `expected ${printShape(expected)} = ${isUnbatched ? "[hiddenSize]" : "[batch, hiddenSize]"}${advice}`,
      );
    }
    checkFloat(where, `state.${String(part)}`, value.dtype, dtype);
    return isUnbatched ? reshape(value, [1, size]) : variable(value);
  });
}

function mapParts<State extends CellState>(
  sizes: StateSizes<State>,
  makePart: (part: keyof State, size: number) => Variable,
): State {
  const state: Partial<Record<keyof State, Variable>> = {};
  for (const part in sizes) state[part] = makePart(part, sizes[part]);
  return state as State;
}
