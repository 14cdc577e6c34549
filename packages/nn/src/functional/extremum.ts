import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { scatterAdd } from "./indexing.ts";
import { checkTensor } from "./operand.ts";
import { keptShape, spread } from "./reduction.ts";

/**
 * Which dimension `max` and `min` go over.
 *
 * @public
 */
export interface ExtremumOptions {
  /** Negative ones count from the last. */
  dim: number;
  /** Whether the reduced dimension stays, with size 1. Default `false`. */
  keepdim?: boolean | undefined;
}

/**
 * The extreme elements along one dimension, and where they are.
 *
 * @public
 */
export interface Extremum {
  /** The extreme elements, differentiable. */
  values: Variable;
  /** int32 positions along the dimension: the first one where several are equal. */
  indices: Tensor;
}

/** The extreme element of a whole tensor; its gradient is shared equally among equal ones. */
export function extremumOfAll(name: "max" | "min", x: Variable | Tensor): Variable {
  const value = checkTensor(name, "input", x);
  const y = name === "max" ? ops.max(value) : ops.min(value);
  return record(name, [x], y, (dy) => {
    const isExtreme = ops.eq(value, y);
    const share = ops.div(dy, ops.sum(isExtreme));
    return [ops.mul(isExtreme, spread(share, value.shape, undefined))];
  });
}

/** The extreme elements along a dimension; each passes its gradient to the element it was taken from. */
export function extremumAlong(name: "max" | "min", x: Variable | Tensor, options: ExtremumOptions): Extremum {
  const value = checkTensor(name, "input", x);
  if (!Number.isInteger(options.dim)) {
    throw new TypeError(
      `${name}: dim must be an integer, got ${describe(options.dim)}; leave the options out for the ${name} of all elements`,
    );
  }
  const { values, indices } = name === "max" ? ops.max(value, options) : ops.min(value, options);
  const { shape } = value;
  const y = record(name, [x], values, (dy) => {
    const kept = keptShape(shape, options.dim);
    return [scatterAdd(dy.reshape(kept), indices.reshape(kept), options.dim, shape)];
  });
  return { values: y, indices };
}
