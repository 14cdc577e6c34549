import { allocate, checkDType, type DType, dtypeOf, type TensorData } from "./dtype.ts";
import { formatShape, ShapeError } from "./errors.ts";
import { forEachLeaf, type NestedArray, nestedShape } from "./nested.ts";
import { convert } from "./ops/elementwise.ts";
import { copyShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/**
 * Options of {@link tensor}.
 *
 * @public
 */
export interface FromOptions {
  /** The shape of the result; values are taken in row-major order. */
  readonly shape?: readonly number[] | undefined;
  readonly dtype?: DType | undefined;
}

/** @public */
export function tensor(values: NestedArray | TensorData, options: FromOptions = {}): Tensor {
  const dtype = options.dtype === undefined ? undefined : checkDType("tensor", options.dtype);
  const stored = dtypeOf(values);
  return stored === undefined
    ? fromNested(values as NestedArray, options.shape, dtype)
    : fromTypedArray(values as TensorData, options.shape, dtype ?? stored);
}

/** Wraps the array if the dtype is its own. */
function fromTypedArray(data: TensorData, shape: readonly number[] | undefined, dtype: DType): Tensor {
  const own = shape === undefined ? [data.length] : copyShape("tensor", shape);
  checkCount(own, data.length);
  const x = new Tensor(data, own);
  return x.dtype === dtype ? x : convert(x, dtype);
}

function fromNested(
  values: NestedArray,
  shape: readonly number[] | undefined,
  dtype: DType | undefined,
): Tensor {
  const nested = nestedShape(values);
  const size = sizeOf("tensor", nested);
  const own = shape === undefined ? nested : copyShape("tensor", shape);
  checkCount(own, size);
  let booleans = 0;
  const numbers = new Float64Array(size);
  let i = 0;
  forEachLeaf("tensor", values, nested, (value) => {
    if (typeof value === "boolean") booleans++;
    numbers[i++] = Number(value);
  });
  const natural = size > 0 && booleans === size ? "bool" : "float32";
  const data = allocate(dtype ?? natural, size);
  if (data instanceof Uint8Array) for (let j = 0; j < size; j++) data[j] = numbers[j] === 0 ? 0 : 1;
  else data.set(numbers);
  return new Tensor(data, own);
}

function checkCount(shape: readonly number[], count: number): void {
  const size = sizeOf("tensor", shape);
  if (size !== count) {
    throw new ShapeError(`tensor: shape ${formatShape(shape)} needs ${size} elements, got ${count}`);
  }
}
