import { type DType, type Generator, ShapeError, Tensor, zeros } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import { Variable } from "../autograd/variable.ts";
import type { FloatDType } from "../dtype.ts";

/**
 * What an initialiser fills: a parameter or tensor in place, or a new tensor of the given shape.
 *
 * @public
 */
export type InitTarget = Variable | Tensor | readonly number[];

/**
 * Options of the initialisers.
 *
 * @public
 */
export interface InitOptions {
  /** Type of a new tensor. Default `"float32"`. */
  dtype?: FloatDType | undefined;
  /** Source of the draws. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

/** Writes what `draw` returns, in row-major order, into the target. */
export function fill(
  target: InitTarget,
  options: InitOptions,
  draw: (shape: readonly number[], dtype: DType) => ArrayLike<number>,
): Tensor {
  const tensor = tensorFor(target, options);
  if (!tensor.isContiguous) {
    throw new ShapeError("init: the tensor is a view that is not contiguous; fill its source");
  }
  tensor.data.set(draw(tensor.shape, tensor.dtype), tensor.offset);
  return tensor;
}

/** The tensor to fill: the target itself, its value, or a new one. */
export function tensorFor(target: InitTarget, { dtype = "float32" }: InitOptions): Tensor {
  if (target instanceof Parameter) target.markChanged();
  if (target instanceof Variable) return target.value;
  return target instanceof Tensor ? target : zeros(target, { dtype });
}

/** The part of an initialiser's options that every one has. */
export function drawOptions({ dtype, generator }: InitOptions): InitOptions {
  return { dtype, generator };
}

/** The shape of what is filled. */
export function shapeOf(target: InitTarget): readonly number[] {
  return target instanceof Variable || target instanceof Tensor ? target.shape : target;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
