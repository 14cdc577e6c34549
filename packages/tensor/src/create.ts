import { allocate, checkDType, type DType } from "./dtype.ts";
import { checkTensor } from "./ops/elementwise.ts";
import { copyShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/**
 * Options of functions that create a tensor.
 *
 * @public
 */
export interface CreateOptions {
  /** What the elements are; float32 if absent, unless the function says otherwise. */
  readonly dtype?: DType | undefined;
}

/**
 * A tensor of zeros.
 *
 * @throws {@link ShapeError} if a dimension is not a non-negative integer or there are more than 2³¹ - 1 elements.
 *
 * @example
 * ```ts
 * import { zeros } from "@rnn/tensor";
 *
 * zeros([2, 3]).toArray(); // => [[0, 0, 0], [0, 0, 0]]
 * ```
 *
 * @public
 */
export function zeros(shape: readonly number[], options: CreateOptions = {}): Tensor {
  return create("zeros", shape, options.dtype);
}

/**
 * A tensor of ones.
 *
 * @throws {@link ShapeError} if a dimension is not a non-negative integer or there are more than 2³¹ - 1 elements.
 *
 * @example
 * ```ts
 * import { ones } from "@rnn/tensor";
 *
 * ones([2], { dtype: "bool" }).toArray(); // => [true, true]
 * ```
 *
 * @public
 */
export function ones(shape: readonly number[], options: CreateOptions = {}): Tensor {
  return filled(create("ones", shape, options.dtype), 1);
}

/**
 * A tensor of one repeated number.
 *
 * @throws {@link ShapeError} if a dimension is not a non-negative integer or there are more than 2³¹ - 1 elements.
 *
 * @example
 * ```ts
 * import { full } from "@rnn/tensor";
 *
 * full([3], -1, { dtype: "int32" }).toArray(); // => [-1, -1, -1]
 * ```
 *
 * @public
 */
export function full(shape: readonly number[], value: number, options: CreateOptions = {}): Tensor {
  return filled(create("full", shape, options.dtype), value);
}

/**
 * A tensor whose elements the caller is about to write. They start as zeros: JavaScript has no uninitialised memory.
 *
 * @throws {@link ShapeError} if a dimension is not a non-negative integer or there are more than 2³¹ - 1 elements.
 *
 * @example
 * ```ts
 * import { empty } from "@rnn/tensor";
 *
 * const x = empty([2]);
 * x.data.set([4, 5]);
 * x.toArray(); // => [4, 5]
 * ```
 *
 * @public
 */
export function empty(shape: readonly number[], options: CreateOptions = {}): Tensor {
  return create("empty", shape, options.dtype);
}

/**
 * A tensor of zeros with the shape, and if not given the dtype, of another.
 *
 * @example
 * ```ts
 * import { tensor, zerosLike } from "@rnn/tensor";
 *
 * zerosLike(tensor([1, 2])).toArray(); // => [0, 0]
 * ```
 *
 * @public
 */
export function zerosLike(x: Tensor, options: CreateOptions = {}): Tensor {
  checkTensor("zerosLike", x);
  return create("zerosLike", x.shape, options.dtype ?? x.dtype);
}

/**
 * A tensor of ones with the shape, and if not given the dtype, of another.
 *
 * @example
 * ```ts
 * import { onesLike, tensor } from "@rnn/tensor";
 *
 * onesLike(tensor([5, 6]), { dtype: "int32" }).toArray(); // => [1, 1]
 * ```
 *
 * @public
 */
export function onesLike(x: Tensor, options: CreateOptions = {}): Tensor {
  checkTensor("onesLike", x);
  return filled(create("onesLike", x.shape, options.dtype ?? x.dtype), 1);
}

/**
 * A tensor of one repeated number with the shape, and if not given the dtype, of another.
 *
 * @example
 * ```ts
 * import { fullLike, tensor } from "@rnn/tensor";
 *
 * fullLike(tensor([[1, 2]]), 0.5).toArray(); // => [[0.5, 0.5]]
 * ```
 *
 * @public
 */
export function fullLike(x: Tensor, value: number, options: CreateOptions = {}): Tensor {
  checkTensor("fullLike", x);
  return filled(create("fullLike", x.shape, options.dtype ?? x.dtype), value);
}

/**
 * The matrix with ones on the diagonal and zeros elsewhere.
 *
 * @remarks
 * Shapes: `[rows, columns]`, square if `columns` is absent.
 *
 * @throws {@link ShapeError} if a size is not a non-negative integer or there are more than 2³¹ - 1 elements.
 *
 * @example
 * ```ts
 * import { eye } from "@rnn/tensor";
 *
 * eye(2, 3).toArray(); // => [[1, 0, 0], [0, 1, 0]]
 * ```
 *
 * @public
 */
export function eye(rows: number, columns: number = rows, options: CreateOptions = {}): Tensor {
  const x = create("eye", [rows, columns], options.dtype);
  for (let i = 0; i < Math.min(rows, columns); i++) x.data[i * columns + i] = 1;
  return x;
}

/** A new tensor of zeros, from a shape and dtype given by a user. */
export function create(where: string, shape: readonly number[], dtype: DType = "float32"): Tensor {
  const own = copyShape(where, shape);
  const size = sizeOf(where, own);
  return new Tensor(allocate(checkDType(where, dtype), size), own);
}

function filled(x: Tensor, value: number): Tensor {
  x.data.fill(x.dtype === "bool" && value !== 0 ? 1 : value);
  return x;
}
