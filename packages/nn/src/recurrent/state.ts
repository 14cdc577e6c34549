import { ShapeError, Tensor } from "@rnn/tensor";
import { Variable, variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { checkFloat, type FloatDType, floats } from "../dtype.ts";
import { checkTensor } from "../functional/operand.ts";
import { reshape } from "../functional/reshape.ts";
import { select } from "../functional/select.ts";
import { stack } from "../functional/stack.ts";
import { printShape, sameShape } from "../shape.ts";
import type { CellState } from "./cell.ts";
import type { BatchLayout } from "./layout.ts";
import { type Direction, RecurrentState } from "./recurrent-state.ts";
import { sortRows, unsortRows } from "./row-order.ts";

/**
 * The size of the hidden state: one number for all layers, or one number per layer.
 *
 * @public
 */
export type HiddenSize = number | readonly number[];

/**
 * One part of the state of a layer stack: a variable `[numLayers * D, N, size]` of all layers, or one `[D, N, size]`
 * per layer if `hiddenSize` is an array. Without a batch, N is left out.
 *
 * @public
 */
export type LayerStates<Size extends HiddenSize> = Size extends number ? Variable : Variable[];

/**
 * What is accepted where {@link LayerStates} come back: tensors too.
 *
 * @public
 */
export type InitialLayerStates<Size extends HiddenSize> = Size extends number
  ? Variable | Tensor
  : readonly (Variable | Tensor)[];

/** A state as users hold it, part by part. */
export type PackedState = Readonly<Record<string, Variable | Variable[]>>;
export type InitialState = Readonly<Record<string, Variable | Tensor | readonly (Variable | Tensor)[]>>;

/** What the state of a stack looks like. */
export interface StateForm {
  /** For each layer, the width of every part. All layers have the same parts. */
  readonly sizes: readonly Readonly<Record<string, number>>[];
  readonly directions: readonly Direction[];
  /** Whether users hold one variable per layer instead of one for all. */
  readonly isPerLayer: boolean;
  readonly dtype: FloatDType;
  /** What the width of a part is called in errors. */
  nameOfSize(part: string): string;
}

/** Zeros as the state of every layer and direction. */
export function zeroStates({ sizes, directions, dtype }: StateForm, batch: number): CellState[] {
  return sizes.flatMap((parts) => {
    const state: Record<string, Variable> = {};
    for (const part in parts) state[part] = zeroState(batch, parts[part]!, dtype);
    return directions.map(() => state);
  });
}

function zeroState(batch: number, size: number, dtype: FloatDType): Variable {
  return new Variable(new Tensor(floats(dtype, batch * size), [batch, size]));
}

/** Throws unless `given` is an object that can have these parts. */
export function checkState(where: string, given: unknown, parts: readonly string[]): void {
  const isTensor = given instanceof Variable || given instanceof Tensor;
  if (typeof given === "object" && given !== null && !Array.isArray(given) && !isTensor) return;
  throw new TypeError(
    `${where}: state must be an object { ${parts.join(", ")} }, got ${describe(given)}; leave it out to start from zeros`,
  );
}

/** Checks the state a user gave and takes it apart: one `[N, size]` of each part per layer and direction. */
export function unpackState(
  where: string,
  given: InitialState,
  form: StateForm,
  layout: BatchLayout,
): CellState[] {
  checkState(where, given, Object.keys(form.sizes[0]!));
  const states = Array.from(
    { length: form.sizes.length * form.directions.length },
    () => ({}) as Record<string, Variable>,
  );
  for (const part in form.sizes[0]) {
    let next = 0;
    for (const packed of packsOf(where, part, given[part], form, layout)) {
      const count = packed.shape[0]!;
      const rows = layout.isUnbatched ? reshape(packed, [count, 1, packed.shape[1]!]) : packed;
      const sorted = layout.order === null ? rows : sortRows(rows, layout.order);
      for (let k = 0; k < count; k++) states[next++]![part] = select(sorted, 0, k);
    }
  }
  return states;
}

/** Puts the states of all layers and directions together again, in the form users hold. */
export function packState(
  states: readonly CellState[],
  form: StateForm,
  layout: BatchLayout,
): RecurrentState {
  const packed: Record<string, Variable | Variable[]> = {};
  const D = form.directions.length;
  for (const part in form.sizes[0]) {
    const parts = states.map((state) => state[part]!);
    packed[part] = form.isPerLayer
      ? form.sizes.map((_, layer) => pack(parts.slice(layer * D, (layer + 1) * D), layout))
      : pack(parts, layout);
  }
  return new RecurrentState(packed, form.sizes.length, form.directions);
}

/** `[K, N, size]` from K times `[N, size]`, in the user's layout. */
function pack(parts: readonly Variable[], { isUnbatched, order }: BatchLayout): Variable {
  const [first] = parts as [Variable];
  const [batch, size] = first.shape as [number, number];
  if (isUnbatched && parts.length === 1) return first; // [1, size] already
  const packed = parts.length === 1 ? reshape(first, [1, batch, size]) : stack(parts, 0);
  if (isUnbatched) return reshape(packed, [parts.length, size]);
  return order === null ? packed : unsortRows(packed, order);
}

/** The variables of one part: one for all layers, or one per layer; checked. */
function packsOf(
  where: string,
  part: string,
  given: InitialState[string] | undefined,
  form: StateForm,
  layout: BatchLayout,
): Variable[] {
  const { sizes, directions, isPerLayer } = form;
  if (given === undefined || given === null) {
    throw new TypeError(
      `${where}: state.${part} is missing; state needs ${Object.keys(sizes[0]!).join(" and ")}`,
    );
  }
  if (!isPerLayer) {
    if (Array.isArray(given)) {
      throw new TypeError(
        `${where}: state.${part} must be one variable or tensor of all layers, got an array`,
      );
    }
    const expected = [sizes.length * directions.length, sizes[0]![part]!];
    const meaning = ["numLayers * directions", form.nameOfSize(part)];
    return [checkedPack(where, `state.${part}`, given as Variable | Tensor, expected, meaning, form, layout)];
  }
  if (!Array.isArray(given) || given.length !== sizes.length) {
    throw new TypeError(
      `${where}: state.${part} must be an array of ${sizes.length}, one per layer, because hiddenSize is an array`,
    );
  }
  return given.map((one: Variable | Tensor, layer) => {
    const expected = [directions.length, sizes[layer]![part]!];
    const meaning = ["directions", `${form.nameOfSize(part)}[${layer}]`];
    return checkedPack(where, `state.${part}[${layer}]`, one, expected, meaning, form, layout);
  });
}

/** The given state as a variable of shape `[count, N, size]`, or `[count, size]` without a batch. */
function checkedPack(
  where: string,
  name: string,
  given: Variable | Tensor,
  expected: readonly number[],
  meaning: readonly string[],
  { dtype }: StateForm,
  { batch, isUnbatched }: BatchLayout,
): Variable {
  const [count, size] = expected as [number, number];
  const shape = isUnbatched ? [count, size] : [count, batch, size];
  const names = isUnbatched ? meaning : [meaning[0], "batch", meaning[1]];
  checkTensor(where, name, given);
  if (!sameShape(given.shape, shape)) {
    throw new ShapeError(
      `${where}: ${name} has shape ${printShape(given.shape)}, expected ${printShape(shape)} = [${names.join(", ")}]`,
    );
  }
  checkFloat(where, name, given.dtype, dtype);
  return variable(given);
}
