import { allocate, checkDType, checkInt32, type DType } from "./dtype.ts";
import { checkTensor } from "./ops/elementwise.ts";
import { checkOptions, type OptionKinds } from "./options.ts";
import { copyShape, describe, sizeOf } from "./shape.ts";
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

/** The options of functions that create a tensor. */
export const createKinds: OptionKinds<CreateOptions> = { dtype: "name" };

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
  return createWith("zeros", shape, options);
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
  return filled(createWith("ones", shape, options), 1);
}

/**
 * A tensor of one repeated number; int32 cuts its fraction off.
 *
 * @throws {@link ShapeError} if a dimension is not a non-negative integer or there are more than 2³¹ - 1 elements;
 * TypeError if the value is not a number; RangeError if it does not fit int32.
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
  return filledWith("full", createWith("full", shape, options, "shape, value"), value);
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
  return createWith("empty", shape, options);
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
  return createLike("zerosLike", x, options);
}

/**
 * A tensor that the caller is about to write with the shape, and if not given the dtype, of another. It starts as zeros.
 *
 * @example
 * ```ts
 * import { emptyLike, tensor } from "@rnn/tensor";
 *
 * emptyLike(tensor([1, 2])).shape; // => [2]
 * ```
 *
 * @public
 */
export function emptyLike(x: Tensor, options: CreateOptions = {}): Tensor {
  return createLike("emptyLike", x, options);
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
  return filled(createLike("onesLike", x, options), 1);
}

/**
 * A tensor of one repeated number with the shape, and if not given the dtype, of another; int32 cuts its fraction off.
 *
 * @throws TypeError if the value is not a number; RangeError if it does not fit int32.
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
  return filledWith("fullLike", createLike("fullLike", x, options, "x, value"), value);
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
  if (typeof columns !== "number") {
    throw new TypeError(
      `eye: columns must be a number, got ${describe(columns)}; write eye(${rows}, ${rows}, options)`,
    );
  }
  const x = createWith("eye", [rows, columns], options, "rows, columns");
  for (let i = 0; i < Math.min(rows, columns); i++) x.data[i * columns + i] = 1;
  return x;
}

function createWith(
  where: string,
  shape: readonly number[],
  options: CreateOptions,
  before = "shape",
): Tensor {
  const own = copyShape(where, shape);
  checkOptions(where, options, createKinds, before);
  return create(where, own, options.dtype);
}

function createLike(where: string, x: Tensor, options: CreateOptions, before = "x"): Tensor {
  checkTensor(where, x);
  checkOptions(where, options, createKinds, before);
  return create(where, x.shape, options.dtype ?? x.dtype);
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

/** As {@link filled}, with a number given by a user: a typed array would wrap it around, or make NaN zero. */
function filledWith(where: string, x: Tensor, value: number): Tensor {
  if (typeof value !== "number") {
    throw new TypeError(`${where}: value must be a number, got ${describe(value)}`);
  }
  if (x.dtype === "int32") checkInt32(where, value);
  return filled(x, value);
}
