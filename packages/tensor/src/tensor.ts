import { checkDType, type DType } from "./dtype.ts";
import { relu, sigmoid, tanh } from "./ops/activation.ts";
import { all, any } from "./ops/any-all.ts";
import { argmax, argmin, type ReduceOneOptions } from "./ops/arg-extremum.ts";
import { add, div, maximum, minimum, mul, sub } from "./ops/arithmetic.ts";
import { type ClampOptions, clamp } from "./ops/clamp.ts";
import { eq, ge, gt, le, lt, ne } from "./ops/comparison.ts";
import { cumsum } from "./ops/cumsum.ts";
import { convert, type Operand } from "./ops/elementwise.ts";
import { broadcastTo, expand } from "./ops/expand.ts";
import { exp, expm1, log, log1p } from "./ops/exponential.ts";
import { type Extremum, type ExtremumOptions, max, min } from "./ops/extremum.ts";
import { flip } from "./ops/flip.ts";
import { gather } from "./ops/gather.ts";
import { indexSelect } from "./ops/index-select.ts";
import { isfinite, isinf, isnan, logicalAnd, logicalNot, logicalOr } from "./ops/logical.ts";
import { logsumexp } from "./ops/logsumexp.ts";
import { matmul } from "./ops/matmul.ts";
import { type NormOptions, norm } from "./ops/norm.ts";
import { permute, transpose } from "./ops/permute.ts";
import { pow, reciprocal, sqrt, square } from "./ops/power.ts";
import { prod } from "./ops/prod.ts";
import { dot, outer } from "./ops/products.ts";
import type { ReduceOptions } from "./ops/reduction.ts";
import { flatten, reshape } from "./ops/reshape.ts";
import { ceil, floor, round } from "./ops/rounding.ts";
import { abs, neg, sign } from "./ops/sign.ts";
import { type SliceSpec, select, slice } from "./ops/slice.ts";
import { logSoftmax, softmax } from "./ops/softmax.ts";
import { chunk, split } from "./ops/split.ts";
import { squeeze, unsqueeze } from "./ops/squeeze.ts";
import { mean, sum } from "./ops/sum.ts";
import { cos, sin } from "./ops/trigonometric.ts";
import { std, type VarianceOptions, variance } from "./ops/variance.ts";
import { StridedArray } from "./strided-array.ts";

/**
 * An array of numbers or truth values with any number of dimensions.
 *
 * Views (transposed, sliced, reshaped, stretched) share their `data` with the tensor they were made from. Every method
 * is the function of the same name with this tensor as its first argument; the functions document shapes and errors.
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
export class Tensor extends StridedArray {
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
  /** The elementwise {@link add | sum} with `other`. */
  add(other: Operand): Tensor {
    return add(this, other);
  }
  /** The elementwise {@link sub | difference}, this minus `other`. */
  sub(other: Operand): Tensor {
    return sub(this, other);
  }
  /** The elementwise {@link mul | product} with `other`. */
  mul(other: Operand): Tensor {
    return mul(this, other);
  }
  /** The elementwise {@link div | quotient}, this over `other`. */
  div(other: Operand): Tensor {
    return div(this, other);
  }
  /** Every element {@link pow | to the power} of `other`. */
  pow(other: Operand): Tensor {
    return pow(this, other);
  }
  /** The elementwise {@link maximum | larger} one. */
  maximum(other: Operand): Tensor {
    return maximum(this, other);
  }
  /** The elementwise {@link minimum | smaller} one. */
  minimum(other: Operand): Tensor {
    return minimum(this, other);
  }
  /** Where elements are {@link eq | equal}. */
  eq(other: Operand): Tensor {
    return eq(this, other);
  }
  /** Where elements {@link ne | differ}. */
  ne(other: Operand): Tensor {
    return ne(this, other);
  }
  /** Where elements are {@link lt | less}. */
  lt(other: Operand): Tensor {
    return lt(this, other);
  }
  /** Where elements are {@link le | less or equal}. */
  le(other: Operand): Tensor {
    return le(this, other);
  }
  /** Where elements are {@link gt | greater}. */
  gt(other: Operand): Tensor {
    return gt(this, other);
  }
  /** Where elements are {@link ge | greater or equal}. */
  ge(other: Operand): Tensor {
    return ge(this, other);
  }
  /** Where {@link logicalAnd | both} are true. */
  logicalAnd(other: Operand): Tensor {
    return logicalAnd(this, other);
  }
  /** Where {@link logicalOr | at least one} is true. */
  logicalOr(other: Operand): Tensor {
    return logicalOr(this, other);
  }
  /** Every element with its sign {@link neg | changed}. */
  neg(): Tensor {
    return neg(this);
  }
  /** Every element {@link abs | without its sign}. */
  abs(): Tensor {
    return abs(this);
  }
  /** The {@link sign} of every element. */
  sign(): Tensor {
    return sign(this);
  }
  /** Every element {@link square | squared}. */
  square(): Tensor {
    return square(this);
  }
  /** The {@link sqrt | square root} of every element. */
  sqrt(): Tensor {
    return sqrt(this);
  }
  /** {@link reciprocal | One over} every element. */
  reciprocal(): Tensor {
    return reciprocal(this);
  }
  /** {@link exp | e to the power} of every element. */
  exp(): Tensor {
    return exp(this);
  }
  /** {@link expm1 | eˣ - 1} of every element. */
  expm1(): Tensor {
    return expm1(this);
  }
  /** The natural {@link log | logarithm} of every element. */
  log(): Tensor {
    return log(this);
  }
  /** {@link log1p | ln(1 + x)} of every element. */
  log1p(): Tensor {
    return log1p(this);
  }
  /** The {@link sin | sine} of every element. */
  sin(): Tensor {
    return sin(this);
  }
  /** The {@link cos | cosine} of every element. */
  cos(): Tensor {
    return cos(this);
  }
  /** The {@link tanh | hyperbolic tangent} of every element. */
  tanh(): Tensor {
    return tanh(this);
  }
  /** The {@link sigmoid | logistic function} of every element. */
  sigmoid(): Tensor {
    return sigmoid(this);
  }
  /** Every element, or {@link relu | zero} if negative. */
  relu(): Tensor {
    return relu(this);
  }
  /** Every element rounded {@link floor | down}. */
  floor(): Tensor {
    return floor(this);
  }
  /** Every element rounded {@link ceil | up}. */
  ceil(): Tensor {
    return ceil(this);
  }
  /** Every element {@link round | rounded}, halves to even. */
  round(): Tensor {
    return round(this);
  }
  /** Where elements are {@link isnan | NaN}. */
  isnan(): Tensor {
    return isnan(this);
  }
  /** Where elements are {@link isinf | infinite}. */
  isinf(): Tensor {
    return isinf(this);
  }
  /** Where elements are {@link isfinite | finite}. */
  isfinite(): Tensor {
    return isfinite(this);
  }
  /** Where elements are {@link logicalNot | zero or false}. */
  logicalNot(): Tensor {
    return logicalNot(this);
  }
  /** Every element moved {@link clamp | inside limits}. */
  clamp(limits: ClampOptions): Tensor {
    return clamp(this, limits);
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
  /** A view of a part: one {@link slice | spec} per dimension. */
  slice(...specs: SliceSpec[]): Tensor {
    return slice(this, specs);
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
}
