import { allocate } from "../dtype.ts";
import { Tensor } from "../tensor.ts";
import { extremumIndices, type ReduceOneOptions, reduceOneKinds } from "./arg-extremum.ts";
import { layReduction, type ReduceOptions, type Reduction, startOfRun } from "./reduction.ts";

/**
 * Options of `max` and `min` along one dimension.
 *
 * @public
 */
export interface ExtremumOptions {
  /** The dimension to reduce, negative from the end. */
  readonly dim: number;
  /** Whether the reduced dimension stays, with size 1; false if absent. */
  readonly keepdim?: boolean | undefined;
}

/**
 * The largest or smallest elements along a dimension, and where they were.
 *
 * @public
 */
export interface Extremum {
  /** The elements themselves, of the dtype of the source. */
  readonly values: Tensor;
  /** int32 positions along the dimension. */
  readonly indices: Tensor;
}

/**
 * The largest of all elements, or the largest along a dimension with its position.
 *
 * @remarks
 * NaN is larger than everything. Of equal elements the first is indexed.
 *
 * @throws {@link ShapeError} if there is nothing to choose from; RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { max, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 5, 2], [7, 0, 7]]);
 * max(x).item(); // => 7
 * const { values, indices } = max(x, { dim: 1 });
 * values.toArray(); // => [5, 7]
 * indices.toArray(); // => [1, 0]
 * ```
 *
 * @public
 */
export function max(x: Tensor): Tensor;
/**
 * As above, along one dimension.
 *
 * @public
 */
export function max(x: Tensor, options: ExtremumOptions): Extremum;
export function max(x: Tensor, options?: ExtremumOptions): Tensor | Extremum {
  return chosen("max", x, options, (reduction) => extremumIndices("max", x, reduction, true));
}

/**
 * The smallest of all elements, or the smallest along a dimension with its position.
 *
 * @remarks
 * NaN is smaller than everything. Of equal elements the first is indexed.
 *
 * @throws {@link ShapeError} if there is nothing to choose from; RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { min, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 5, 2], [7, 0, 7]]);
 * min(x).item(); // => 0
 * min(x, { dim: 0 }).values.toArray(); // => [1, 0, 2]
 * ```
 *
 * @public
 */
export function min(x: Tensor): Tensor;
/**
 * As above, along one dimension.
 *
 * @public
 */
export function min(x: Tensor, options: ExtremumOptions): Extremum;
export function min(x: Tensor, options?: ExtremumOptions): Tensor | Extremum {
  return chosen("min", x, options, (reduction) => extremumIndices("min", x, reduction, false));
}

/**
 * The largest of all elements or of those along any dimensions, without their positions.
 *
 * @remarks
 * NaN is larger than everything. It is NumPy's `max` over axes; {@link max} of one dimension has positions too.
 *
 * @throws {@link ShapeError} if there is nothing to choose from; RangeError if a dimension is out of range or named
 * twice.
 *
 * @example
 * ```ts
 * import { amax, arange } from "@rnn/tensor";
 *
 * amax(arange(8).reshape([2, 2, 2]), { dim: [0, 2] }).toArray(); // => [5, 7]
 * ```
 *
 * @public
 */
export function amax(x: Tensor, options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("amax", x, options);
  return valuesAt(extremumIndices("amax", x, reduction, true), x, reduction);
}

/**
 * The smallest of all elements or of those along any dimensions, without their positions.
 *
 * @remarks
 * NaN is smaller than everything. It is NumPy's `min` over axes; {@link min} of one dimension has positions too.
 *
 * @throws {@link ShapeError} if there is nothing to choose from; RangeError if a dimension is out of range or named
 * twice.
 *
 * @example
 * ```ts
 * import { amin, arange } from "@rnn/tensor";
 *
 * amin(arange(8).reshape([2, 2, 2]), { dim: [0, 2] }).toArray(); // => [0, 2]
 * ```
 *
 * @public
 */
export function amin(x: Tensor, options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("amin", x, options);
  return valuesAt(extremumIndices("amin", x, reduction, false), x, reduction);
}

/** The elements of all runs whose positions `indicesOf` finds; alone, if there is no dimension to find them along. */
export function chosen(
  where: string,
  x: Tensor,
  options: ReduceOneOptions | undefined,
  indicesOf: (reduction: Reduction) => Int32Array,
): Tensor | Extremum {
  const reduction = layReduction(where, x, options === undefined ? {} : options, reduceOneKinds);
  const indices = indicesOf(reduction);
  const values = valuesAt(indices, x, reduction);
  return options?.dim === undefined ? values : { values, indices: new Tensor(indices, reduction.shape) };
}

/** One element of every run, by position. */
function valuesAt(indices: Int32Array, x: Tensor, reduction: Reduction): Tensor {
  const data = allocate(x.dtype, indices.length);
  for (let r = 0; r < indices.length; r++) {
    data[r] = reduction.data[startOfRun(reduction, r) + indices[r]! * reduction.inner]!;
  }
  return new Tensor(data, reduction.shape);
}
