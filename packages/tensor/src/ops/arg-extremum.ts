import { extremesOfColumns, extremesOfRows } from "../kernels/extremes.ts";
import type { OptionKinds } from "../options.ts";
import { Tensor } from "../tensor.ts";
import { checkChoice, layReduction, type Reduction } from "./reduction.ts";

/**
 * Options of functions that reduce one dimension.
 *
 * @public
 */
export interface ReduceOneOptions {
  /** The dimension to reduce, negative from the end; all elements as one row if absent. */
  readonly dim?: number | undefined;
  /** Whether the reduced dimension stays, with size 1; false if absent. */
  readonly keepdim?: boolean | undefined;
}

/** The options of functions that reduce one dimension. */
export const reduceOneKinds: OptionKinds<ReduceOneOptions> = { dim: "number", keepdim: "boolean" };

/**
 * Where the largest element is: its index along a dimension, or in row-major order among all.
 *
 * @remarks
 * The result is int32. Of equal elements the first counts; NaN is larger than everything.
 *
 * @throws {@link ShapeError} if there is nothing to choose from; RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { argmax, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 5, 2], [7, 0, 7]]);
 * argmax(x, { dim: 1 }).toArray(); // => [1, 0]
 * argmax(x).item(); // => 3
 * ```
 *
 * @public
 */
export function argmax(x: Tensor, options: ReduceOneOptions = {}): Tensor {
  return argExtremum("argmax", x, options, true);
}

/**
 * Where the smallest element is: its index along a dimension, or in row-major order among all.
 *
 * @remarks
 * The result is int32. Of equal elements the first counts; NaN is smaller than everything.
 *
 * @throws {@link ShapeError} if there is nothing to choose from; RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { argmin, tensor } from "@rnn/tensor";
 *
 * argmin(tensor([[1, 5, 2], [7, 0, 7]]), { dim: 0 }).toArray(); // => [0, 1, 0]
 * ```
 *
 * @public
 */
export function argmin(x: Tensor, options: ReduceOneOptions = {}): Tensor {
  return argExtremum("argmin", x, options, false);
}

function argExtremum(where: string, x: Tensor, options: ReduceOneOptions, largest: boolean): Tensor {
  const reduction = layReduction(where, x, options, reduceOneKinds);
  return new Tensor(extremumIndices(where, x, reduction, largest), reduction.shape);
}

/** The position along `n` of the first largest (or smallest) element, or the first NaN, of every run. */
export function extremumIndices(
  where: string,
  x: Tensor,
  reduction: Reduction,
  largest: boolean,
): Int32Array {
  const { data, offset, outer, n, inner } = reduction;
  const indices = new Int32Array(outer * inner);
  checkChoice(where, x, reduction);
  if (data instanceof Float32Array && simdIndices(data, reduction, largest, indices)) return indices;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = offset + o * n * inner + i;
      let best = data[start]!;
      let index = 0;
      for (let j = 1; j < n && !Number.isNaN(best); j++) {
        const value = data[start + j * inner]!;
        // not "<=": a NaN fails every comparison and must win
        if (largest ? !(value <= best) : !(value >= best)) {
          best = value;
          index = j;
        }
      }
      indices[o * inner + i] = index;
    }
  }
  return indices;
}

/** As {@link extremumIndices}, with SIMD; false, and nothing written, if plain loops are to be used. */
function simdIndices(
  x: Float32Array,
  { offset, outer, n, inner }: Reduction,
  largest: boolean,
  indices: Int32Array,
): boolean {
  if (inner === 1) return extremesOfRows(x, offset, n, largest, indices);
  for (let o = 0; o < outer; o++) {
    // the first decides for all
    const start = offset + o * n * inner;
    if (!extremesOfColumns(x, start, n, inner, largest, indices, o * inner)) return false;
  }
  return true;
}
