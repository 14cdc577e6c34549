import { checkDType, type DType } from "./dtype.ts";
import { ElementwiseMethods } from "./elementwise-methods.ts";
import { all, any } from "./ops/any-all.ts";
import { argmax, argmin, type ReduceOneOptions } from "./ops/arg-extremum.ts";
import { cumsum } from "./ops/cumsum.ts";
import { convert } from "./ops/elementwise.ts";
import { broadcastTo, expand } from "./ops/expand.ts";
import { amax, amin, type Extremum, type ExtremumOptions, max, min } from "./ops/extremum.ts";
import { flip } from "./ops/flip.ts";
import { gather } from "./ops/gather.ts";
import { indexSelect } from "./ops/index-select.ts";
import { logsumexp } from "./ops/logsumexp.ts";
import { maskedFill } from "./ops/masked.ts";
import { matmul } from "./ops/matmul.ts";
import { type NormOptions, norm } from "./ops/norm.ts";
import { movedim, permute, transpose } from "./ops/permute.ts";
import { prod } from "./ops/prod.ts";
import { dot, outer } from "./ops/products.ts";
import type { ReduceOptions } from "./ops/reduction.ts";
import { flatten, reshape } from "./ops/reshape.ts";
import { type SliceSpec, select, sliced } from "./ops/slice.ts";
import { logSoftmax, softmax } from "./ops/softmax.ts";
import { chunk, split, unbind } from "./ops/split.ts";
import { squeeze, unsqueeze } from "./ops/squeeze.ts";
import { mean, sum } from "./ops/sum.ts";
import { std, type VarianceOptions, variance } from "./ops/variance.ts";
/**
 * An array of numbers or truth values with any number of dimensions.
 *
 * Views (transposed, sliced, reshaped, stretched) share their `data` with the tensor they were made from. Every method
 * is the function of the same name with this tensor as its first argument; the functions document shapes and errors.
 * Arithmetic, functions of every element, comparisons, reductions and changes of shape are methods. Whatever else there is,
 * such as {@link sort} or {@link scatter}, is a function only: a program holds the methods of its tensors whether it calls
 * them or not.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 2], [3, 4]]);
 * x.matmul(tensor([1, -1])).add(0.5).toArray(); // => [-0.5, -0.5]
 * x.transpose(0, 1).data === x.data; // => true
 * ```
 *
 * @public
 */
export class Tensor extends ElementwiseMethods {
  /** This tensor if it is contiguous, else a row-major copy. */
  contiguous(): Tensor {
    return this.isContiguous ? this : this.clone();
  }
  /** A row-major copy with data of its own. */
  clone(): Tensor {
    return convert(this, this.dtype);
  }
  /** This tensor if it has the dtype already, else a converted copy; int32 cuts fractions off, bool is "not 0". */
  to(dtype: DType): Tensor {
    return dtype === this.dtype ? this : convert(this, checkDType("to", dtype));
  }
  /** The {@link matmul | matrix product} with `other`. */
  matmul(other: Tensor): Tensor {
    return matmul(this, other);
  }
  /** The {@link dot | dot product} of two vectors. */
  dot(other: Tensor): Tensor {
    return dot(this, other);
  }
  /** The {@link outer | outer product} of two vectors. */
  outer(other: Tensor): Tensor {
    return outer(this, other);
  }
  /** The {@link sum} of elements. */
  sum(options?: ReduceOptions): Tensor {
    return sum(this, options);
  }
  /** The {@link mean} of elements. */
  mean(options?: ReduceOptions): Tensor {
    return mean(this, options);
  }
  /** The {@link prod | product} of elements. */
  prod(options?: ReduceOptions): Tensor {
    return prod(this, options);
  }
  /** The {@link variance} of elements. */
  var(options?: VarianceOptions): Tensor {
    return variance(this, options);
  }
  /** The {@link std | standard deviation} of elements. */
  std(options?: VarianceOptions): Tensor {
    return std(this, options);
  }
  /** The {@link norm | p-norm} of elements. */
  norm(options?: NormOptions): Tensor {
    return norm(this, options);
  }
  /** The {@link logsumexp | logarithm of the sum of exponentials}. */
  logsumexp(options?: ReduceOptions): Tensor {
    return logsumexp(this, options);
  }
  /** Whether {@link any | at least one} element is true. */
  any(options?: ReduceOptions): Tensor {
    return any(this, options);
  }
  /** Whether {@link all} elements are true. */
  all(options?: ReduceOptions): Tensor {
    return all(this, options);
  }
  /** Where the {@link argmax | largest} element is. */
  argmax(options?: ReduceOneOptions): Tensor {
    return argmax(this, options);
  }
  /** Where the {@link argmin | smallest} element is. */
  argmin(options?: ReduceOneOptions): Tensor {
    return argmin(this, options);
  }
  /** The largest element; see the function `max`. */
  max(): Tensor;
  /** The largest elements along a dimension, with their indices. */
  max(options: ExtremumOptions): Extremum;
  max(options?: ExtremumOptions): Tensor | Extremum {
    return options === undefined ? max(this) : max(this, options);
  }
  /** The smallest element; see the function `min`. */
  min(): Tensor;
  /** The smallest elements along a dimension, with their indices. */
  min(options: ExtremumOptions): Extremum;
  min(options?: ExtremumOptions): Tensor | Extremum {
    return options === undefined ? min(this) : min(this, options);
  }
  /** The {@link amax | largest} elements over any dimensions. */
  amax(options?: ReduceOptions): Tensor {
    return amax(this, options);
  }
  /** The {@link amin | smallest} elements over any dimensions. */
  amin(options?: ReduceOptions): Tensor {
    return amin(this, options);
  }
  /** {@link cumsum | Running sums} along a dimension. */
  cumsum(dim: number): Tensor {
    return cumsum(this, dim);
  }
  /** {@link softmax | Exponentials} along a dimension, scaled to sum to 1. */
  softmax(dim: number): Tensor {
    return softmax(this, dim);
  }
  /** The {@link logSoftmax | logarithm of softmax} along a dimension. */
  logSoftmax(dim: number): Tensor {
    return logSoftmax(this, dim);
  }
  /** The elements {@link reshape | in another shape}, as a view where possible. */
  reshape(shape: readonly number[]): Tensor {
    return reshape(this, shape);
  }
  /** The elements with a range of dimensions {@link flatten | made one}. */
  flatten(startDim?: number, endDim?: number): Tensor {
    return flatten(this, startDim, endDim);
  }
  /** A view with two dimensions {@link transpose | exchanged}. */
  transpose(dim0: number, dim1: number): Tensor {
    return transpose(this, dim0, dim1);
  }
  /** A view with dimensions in {@link permute | another order}. */
  permute(dims: readonly number[]): Tensor {
    return permute(this, dims);
  }
  /** A view with {@link movedim | dimensions moved} to other places. */
  movedim(source: number | readonly number[], destination: number | readonly number[]): Tensor {
    return movedim(this, source, destination);
  }
  /** A view with a {@link unsqueeze | new dimension} of size 1. */
  unsqueeze(dim: number): Tensor {
    return unsqueeze(this, dim);
  }
  /** A view {@link squeeze | without dimensions} of size 1. */
  squeeze(dim?: number | readonly number[]): Tensor {
    return squeeze(this, dim);
  }
  /** A view {@link expand | stretched}; -1 keeps a size. */
  expand(shape: readonly number[]): Tensor {
    return expand(this, shape);
  }
  /** A view {@link broadcastTo | stretched} to exactly this shape. */
  broadcastTo(shape: readonly number[]): Tensor {
    return broadcastTo(this, shape);
  }
  /** A view {@link flip | reversed} along dimensions. */
  flip(dims: number | readonly number[]): Tensor {
    return flip(this, dims);
  }
  /**
   * A view of a part, as NumPy's `x[...]`: one {@link SliceSpec} per dimension, whose steps may be negative (those of the
   * function {@link slice} may not).
   *
   * @throws RangeError if a step is 0 or not an integer, or a single index is out of range; {@link ShapeError} if there
   * are more specs than dimensions.
   *
   * @example
   * ```ts
   * import { arange } from "@rnn/tensor";
   *
   * arange(5).slice([null, null, -2]).toArray(); // => [4, 2, 0]
   * arange(6).reshape([2, 3]).slice(null, [-1, 0, -1]).toArray(); // => [[2, 1], [5, 4]]
   * ```
   */
  slice(...specs: SliceSpec[]): Tensor {
    return sliced(this, specs, -Infinity);
  }
  /** A view of {@link select | one index} of a dimension. */
  select(dim: number, index: number): Tensor {
    return select(this, dim, index);
  }
  /** The {@link indexSelect | given indices} of a dimension, copied. */
  indexSelect(dim: number, index: Tensor | readonly number[] | Int32Array): Tensor {
    return indexSelect(this, dim, index);
  }
  /** Elements {@link gather | picked} along a dimension. */
  gather(dim: number, index: Tensor): Tensor {
    return gather(this, dim, index);
  }
  /** Views of {@link split | parts} of given sizes. */
  split(size: number | readonly number[], dim?: number): Tensor[] {
    return split(this, size, dim);
  }
  /** Views of a {@link chunk | number of parts}. */
  chunk(chunks: number, dim?: number): Tensor[] {
    return chunk(this, chunks, dim);
  }
  /** A copy with {@link maskedFill | one number} wherever a mask is true. */
  maskedFill(mask: Tensor, value: number): Tensor {
    return maskedFill(this, mask, value);
  }
  /** {@link unbind | One view per index} of a dimension. */
  unbind(dim?: number): Tensor[] {
    return unbind(this, dim);
  }
}
