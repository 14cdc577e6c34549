import { ShapeError } from "@rnn/tensor";
import { printShape } from "../shape.ts";
import { type InitTarget, shapeOf, sizeOf } from "./target.ts";

/** How many inputs an output has, and outputs an input; dimensions after the second are those of a kernel. */
export function fans(where: string, target: InitTarget): { fanIn: number; fanOut: number } {
  const [outputs = 0, inputs = 0, ...kernel] = needTwoDimensions(where, shapeOf(target));
  return { fanIn: inputs * sizeOf(kernel), fanOut: outputs * sizeOf(kernel) };
}

/** The shape, checked to be that of a matrix or of a stack of kernels. */
export function needTwoDimensions(where: string, shape: readonly number[]): readonly number[] {
  if (shape.length >= 2) return shape;
  throw new ShapeError(`${where}: needs at least two dimensions, got shape ${printShape(shape)}`);
}
