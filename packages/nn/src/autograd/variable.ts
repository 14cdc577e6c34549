import { type DType, Tensor, tensor } from "@rnn/tensor";
import { type BackwardOptions, backward } from "./backward.ts";
import { GradientSlot } from "./node.ts";

/**
 * Options of {@link Variable} and {@link variable}.
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
 * const x = new Variable(tensor([1, 2, 3]), { requiresGrad: true });
 * x.mul(x).sum().backward();
 * console.log(x.grad?.toArray()); // [ 2, 4, 6 ]
 * ```
 *
 * @public
 */
export class Variable {
  /** The tensor. */
  readonly value: Tensor;
  /** The accumulated gradient, of the shape and dtype of the value; `null` before the first `backward()`. */
  grad: Tensor | null = null;
  /** Where its gradient collects; `null` when none is required. @internal */
  _slot: GradientSlot | null = null;

  constructor(value: Tensor, options?: VariableOptions) {
    this.value = value;
    if (options?.requiresGrad === true) this.requiresGrad = true;
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
    if (!required) {
      if (this._slot?.node) {
        throw new Error(
          `Variable: requiresGrad cannot be switched off on the result of "${this._slot.node.name}"; use detach()`,
        );
      }
      this._slot = null;
      return;
    }
    const { shape, dtype } = this.value;
    if (dtype !== "float32" && dtype !== "float64") {
      throw new TypeError(`Variable: only float32 and float64 can require a gradient, got ${dtype}`);
    }
    this._slot = new GradientSlot(shape, dtype, null, this);
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

  /** The value of a variable with one element. */
  item(): number {
    return this.value.item();
  }
}

/**
 * Wraps a tensor, nested array or number; a variable is returned as it is.
 *
 * @example
 * ```ts
 * const x = variable([[1, 2], [3, 4]], { requiresGrad: true });
 * console.log(x.shape); // [ 2, 2 ]
 * ```
 *
 * @public
 */
export function variable(
  values: Variable | Tensor | Parameters<typeof tensor>[0],
  options?: VariableOptions & { dtype?: DType | undefined },
): Variable {
  if (values instanceof Variable) return values;
  const value = values instanceof Tensor ? values : tensor(values, { dtype: options?.dtype });
  return new Variable(value, options);
}
