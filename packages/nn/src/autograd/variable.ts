import {
  type DType,
  type NestedArray,
  type ReduceOptions,
  type SliceSpec,
  Tensor,
  type TensorData,
  type TensorJSON,
  tensor,
} from "@rnn/tensor";
import { describe } from "../describe.ts";
import { chunk } from "../functional/chunk.ts";
import { clone, convert } from "../functional/copy.ts";
import { cumsum } from "../functional/cumsum.ts";
import { expand } from "../functional/expand.ts";
import type { Extremum, ExtremumOptions } from "../functional/extremum.ts";
import { flip } from "../functional/flip.ts";
import { gather } from "../functional/gather.ts";
import { indexSelect } from "../functional/index-select.ts";
import { logSoftmax } from "../functional/log-softmax.ts";
import { logsumexp } from "../functional/logsumexp.ts";
import { matmul } from "../functional/matmul.ts";
import { max } from "../functional/max.ts";
import { mean } from "../functional/mean.ts";
import { min } from "../functional/min.ts";
import { permute } from "../functional/permute.ts";
import { reshape } from "../functional/reshape.ts";
import { select } from "../functional/select.ts";
import { sliced } from "../functional/slice.ts";
import { softmax } from "../functional/softmax.ts";
import { split } from "../functional/split.ts";
import { squeeze } from "../functional/squeeze.ts";
import { sum } from "../functional/sum.ts";
import { transpose } from "../functional/transpose.ts";
import { unbind } from "../functional/unbind.ts";
import { unsqueeze } from "../functional/unsqueeze.ts";
import { checkFlag, checkOptions } from "../options-check.ts";
import { type BackwardOptions, backward } from "./backward.ts";
import { checkGradient } from "./check-gradient.ts";
import { type GradientSlot, leafSlot } from "./node.ts";
import type { RowGradient } from "./row-gradient.ts";
import { VariableArithmetic } from "./variable-arithmetic.ts";

/**
 * Options of {@link Variable} and `variable`.
 *
 * @public
 */
export interface VariableOptions {
  /** Whether `backward()` computes a gradient for it. Default `false`. */
  requiresGrad?: boolean | undefined;
}

/**
 * A tensor that remembers how it was computed, so that gradients can flow back through it.
 *
 * @remarks
 * Operations on variables give variables. `backward()` on a result adds its derivative to the `grad` of every
 * variable that was made with `requiresGrad: true`. The value is wrapped, not copied. Do not write into a value
 * between the computation and `backward()`: operations may have saved it.
 *
 * @example
 * ```ts
 * import { Variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const x = new Variable(tensor([1, 2, 3]), { requiresGrad: true });
 * x.mul(x).sum().backward();
 * x.grad?.toArray(); // => [2, 4, 6]
 * ```
 *
 * @public
 */
export class Variable extends VariableArithmetic {
  /** The tensor. */
  readonly value: Tensor;
  /** @internal */
  _grad: Tensor | null = null;
  /** @internal */
  _rowGrad: RowGradient | null = null;
  /**
   * Where its gradient collects; `null` when none is required.
   *
   * @internal
   */
  _slot: GradientSlot | null = null;

  constructor(value: Tensor, options?: VariableOptions) {
    super();
    if (!(value instanceof Tensor)) {
      throw new TypeError(
        `Variable: value must be a Tensor, got ${describe(value)}; variable(…) takes numbers`,
      );
    }
    this.value = value;
    if (options?.requiresGrad !== undefined) this.requiresGrad = options.requiresGrad;
  }

  /**
   * The accumulated gradient, of the shape and dtype of the value; `null` before the first `backward()`.
   *
   * @throws TypeError when set to something that is neither a tensor of the dtype of the value nor `null`.
   * @throws ShapeError when set to a tensor of another shape.
   */
  get grad(): Tensor | null {
    if (this._rowGrad !== null) this.grad = this._rowGrad.toTensor();
    return this._grad;
  }

  set grad(gradient: Tensor | null) {
    checkGradient(this.value, gradient);
    this._grad = gradient;
    this._rowGrad = null;
  }

  /**
   * The accumulated gradient of a table of which only some rows got any, as long as nobody has read or set `grad`.
   *
   * For what would be slow on the whole table, such as its norm: an {@link Embedding} of 100,000 words gets a gradient for
   * a few hundred in a step. `null` in every other case.
   */
  get rowGrad(): RowGradient | null {
    return this._rowGrad;
  }

  /**
   * Whether a gradient is computed for this variable.
   *
   * Set it on a leaf to freeze a parameter (`false`) or to release it again (`true`).
   *
   * @throws TypeError if the dtype is not float32 or float64.
   * @throws Error when set to `false` on the result of an operation: use `detach()` there.
   */
  get requiresGrad(): boolean {
    return this._slot !== null;
  }

  set requiresGrad(required: boolean) {
    if (required === this.requiresGrad) return;
    checkFlag("Variable", "requiresGrad", required);
    if (this._slot?.node) {
      throw new Error(
        `Variable: requiresGrad cannot be switched off on the result of "${this._slot.node.name}"; use detach()`,
      );
    }
    this._slot = required ? leafSlot(this) : null;
  }

  /** The shape of the value. */
  get shape(): readonly number[] {
    return this.value.shape;
  }

  /** The element type of the value. */
  get dtype(): DType {
    return this.value.dtype;
  }

  /** Number of elements. */
  get size(): number {
    return this.value.size;
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.value.ndim;
  }

  /**
   * Adds the derivative of this variable to the `grad` of every leaf it was computed from.
   *
   * The graph is freed on the way unless `retainGraph` is set.
   *
   * @param gradient - the gradient of this variable, of its shape; may be left out if it has one element
   * @throws ShapeError if the gradient is left out for several elements, or has another shape.
   * @throws TypeError if the gradient is not a tensor, or an option is unknown.
   * @throws Error if nothing here requires a gradient, or the graph was already freed.
   */
  backward(gradient?: Tensor, options: BackwardOptions = {}): void {
    backward(this, gradient, options);
  }

  /**
   * Keeps the gradient of this result of an operation in `grad` too; leaves always keep theirs.
   *
   * @throws Error if it requires no gradient.
   */
  retainGrad(): this {
    if (this._slot === null) throw new Error("retainGrad: this variable does not require a gradient");
    this._slot.variable = this;
    return this;
  }

  /** The same value cut off from the graph: no gradient flows through it. The data is shared. */
  detach(): Variable {
    return new Variable(this.value);
  }

  /** The same elements in a tensor of their own. The gradient passes. */
  clone(): Variable {
    return clone(this);
  }

  /** The same elements as another dtype; itself if they are. The gradient passes between float32 and float64. */
  to(dtype: DType): Variable {
    return convert(this, dtype);
  }

  /** The value of a variable with one element. */
  item(): number {
    return this.value.item();
  }

  /** The elements of the value as nested arrays; a 0-d value gives a number. */
  toArray(): NestedArray {
    return this.value.toArray();
  }

  /** What `JSON.stringify` writes: the value, without gradient and graph. See `Tensor.toJSON`. */
  toJSON(): TensorJSON {
    return this.value.toJSON();
  }

  /** The value as a tensor prints it, and whether a gradient is computed. */
  override toString(): string {
    return `${this.constructor.name}(${this.value}${this.requiresGrad ? ", requiresGrad" : ""})`;
  }

  /** Sum over some dimensions, or all. See {@link sum}. */
  sum(options?: ReduceOptions): Variable {
    return sum(this, options);
  }

  /** Mean over some dimensions, or all. See {@link mean}. */
  mean(options?: ReduceOptions): Variable {
    return mean(this, options);
  }

  /** `log(sum(exp(x)))` over some dimensions, or all. See {@link logsumexp}. */
  logsumexp(options?: ReduceOptions): Variable {
    return logsumexp(this, options);
  }

  /** The largest element of all. See `max`. */
  max(): Variable;
  /** The largest elements along a dimension, with their positions. */
  max(options: ExtremumOptions): Extremum;
  max(options?: ExtremumOptions): Variable | Extremum {
    return options === undefined ? max(this) : max(this, options);
  }

  /** The smallest element of all. See `min`. */
  min(): Variable;
  /** The smallest elements along a dimension, with their positions. */
  min(options: ExtremumOptions): Extremum;
  min(options?: ExtremumOptions): Variable | Extremum {
    return options === undefined ? min(this) : min(this, options);
  }

  /** Running sums along a dimension. See {@link cumsum}. */
  cumsum(dim: number): Variable {
    return cumsum(this, dim);
  }

  /** Softmax along a dimension. See {@link softmax}. */
  softmax(dim: number): Variable {
    return softmax(this, dim);
  }

  /** Logarithm of the softmax along a dimension. See {@link logSoftmax}. */
  logSoftmax(dim: number): Variable {
    return logSoftmax(this, dim);
  }

  /** Matrix product. See {@link matmul}. */
  matmul(other: Variable | Tensor): Variable {
    return matmul(this, other);
  }

  /** The same elements in another shape. See {@link reshape}. */
  reshape(shape: readonly number[]): Variable {
    return reshape(this, shape);
  }

  /** Dimensions in another order. See {@link permute}. */
  permute(dims: readonly number[]): Variable {
    return permute(this, dims);
  }

  /** Two dimensions exchanged. See {@link transpose}. */
  transpose(dim0: number, dim1: number): Variable {
    return transpose(this, dim0, dim1);
  }

  /** With a new dimension of size 1. See {@link unsqueeze}. */
  unsqueeze(dim: number): Variable {
    return unsqueeze(this, dim);
  }

  /** Without dimensions of size 1. See {@link squeeze}. */
  squeeze(dim?: number): Variable {
    return squeeze(this, dim);
  }

  /** Dimensions of size 1 stretched. See {@link expand}. */
  expand(shape: readonly number[]): Variable {
    return expand(this, shape);
  }

  /** Reversed along some dimensions. See {@link flip}. */
  flip(dims: number | readonly number[]): Variable {
    return flip(this, dims);
  }

  /** A part of the tensor. See {@link slice}; steps may be negative here, as in NumPy. */
  slice(...specs: SliceSpec[]): Variable {
    return sliced(this, this.value.slice(...specs), specs);
  }

  /** One position of a dimension. See {@link select}. */
  select(dim: number, index: number): Variable {
    return select(this, dim, index);
  }

  /** The listed positions of a dimension. See {@link indexSelect}. */
  indexSelect(dim: number, index: Tensor): Variable {
    return indexSelect(this, dim, index);
  }

  /** One element for each element of `index`. See {@link gather}. */
  gather(dim: number, index: Tensor): Variable {
    return gather(this, dim, index);
  }

  /** Parts of a dimension, by size. See {@link split}. */
  split(size: number | readonly number[], dim?: number): Variable[] {
    return split(this, size, dim);
  }

  /** Parts of a dimension, by number. See {@link chunk}. */
  chunk(chunks: number, dim?: number): Variable[] {
    return chunk(this, chunks, dim);
  }

  /** All positions of a dimension. See {@link unbind}. */
  unbind(dim?: number): Variable[] {
    return unbind(this, dim);
  }

  static {
    // what console.log shows in Node; isolatedDeclarations has no syntax for a method of this name
    const inspect = Symbol.for("nodejs.util.inspect.custom");
    const value = function inspected(this: Variable): string {
      return this.toString();
    };
    Object.defineProperty(Variable.prototype, inspect, { value });
  }
}

/**
 * Wraps a tensor, nested array or number; a variable is returned as it is, whatever the options.
 *
 * @throws TypeError with `requiresGrad` if the dtype is not float32 or float64.
 *
 * @example
 * ```ts
 * import { variable } from "@rnn/nn";
 *
 * variable([[1, 2], [3, 4]], { requiresGrad: true }).shape; // => [2, 2]
 * ```
 *
 * @public
 */
export function variable(
  values: Variable | Tensor | NestedArray | TensorData,
  options?: VariableOptions & { dtype?: DType | undefined },
): Variable {
  if (values instanceof Variable) return values;
  if (options !== undefined) checkOptions("variable", options, { requiresGrad: true, dtype: true });
  const value = values instanceof Tensor ? values : tensor(values, { dtype: options?.dtype });
  return new Variable(value, options);
}
