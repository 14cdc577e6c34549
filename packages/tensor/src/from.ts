import { elementAdvice } from "./advice.ts";
import { checkDType, checkInt32, type DType, dtypeOf, type TensorData } from "./dtype.ts";
import { formatShape, ShapeError } from "./errors.ts";
import { forEachLeaf, type NestedArray, nestedShape } from "./nested.ts";
import { convert } from "./ops/elementwise.ts";
import { checkOptions, type OptionKinds } from "./options.ts";
import { copyShape, describe, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/**
 * Options of {@link tensor}.
 *
 * @public
 */
export interface FromOptions {
  /** The shape of the result, filled in row-major order; that of the values if absent. */
  readonly shape?: readonly number[] | undefined;
  /** What the elements are; for typed arrays their own dtype, bool for truth values and float32 for others if absent. */
  readonly dtype?: DType | undefined;
}

const fromKinds: OptionKinds<FromOptions> = { shape: "shape", dtype: "name" };

/**
 * A tensor of given values: a number, nested arrays (copied), or a typed array.
 *
 * @remarks
 * A `Float32Array`, `Float64Array` or `Int32Array` is wrapped, not copied, unless another dtype is asked for: writing
 * to the array changes the tensor. A `Uint8Array` could be bytes or truth values, so it needs a dtype: `"bool"` wraps
 * it if it holds zeros and ones only.
 *
 * @throws {@link ShapeError} if nested arrays are ragged or the shape needs another number of elements; TypeError for
 * anything that is not a number, a boolean or an array of them; RangeError if a number does not fit int32.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 *
 * tensor([[1, 2], [3, 4]]).shape; // => [2, 2]
 * tensor([1.5, 2], { dtype: "int32" }).toArray(); // => [1, 2]
 * tensor(new Float64Array(6), { shape: [2, 3] }).dtype; // => "float64"
 * ```
 *
 * @public
 */
export function tensor(values: NestedArray | TensorData, options: FromOptions = {}): Tensor {
  checkOptions("tensor", options, fromKinds, "values");
  const dtype = options.dtype === undefined ? undefined : checkDType("tensor", options.dtype);
  return ArrayBuffer.isView(values)
    ? fromTypedArray(values, options.shape, dtype)
    : fromNested(values, options.shape, dtype);
}

function fromTypedArray(
  data: TensorData,
  shape: readonly number[] | undefined,
  wanted: DType | undefined,
): Tensor {
  const stored = dtypeOf(data);
  if (stored === undefined) {
    throw new TypeError(
      `tensor: a ${describe(data)} cannot hold elements; copy it into a Float32Array, Float64Array or Int32Array`,
    );
  }
  if (stored === "bool" && wanted === undefined) {
    throw new TypeError(
      `tensor: a Uint8Array may hold bytes or truth values; pass { dtype: "int32" } or "bool"`,
    );
  }
  const own = shape === undefined ? [data.length] : copyShape("tensor", shape);
  checkCount(own, data.length);
  const x = new Tensor(data, own);
  const dtype = wanted ?? stored;
  if (dtype !== stored) return convert(x, dtype);
  // bytes above 1 would count as more than one truth
  return stored !== "bool" || data.every((value) => value <= 1) ? x : x.to("int32").to("bool");
}

function fromNested(
  values: NestedArray,
  shape: readonly number[] | undefined,
  wanted: DType | undefined,
): Tensor {
  const natural = nestedShape("tensor", values);
  const size = sizeOf("tensor", natural);
  const own = shape === undefined ? natural : copyShape("tensor", shape);
  checkCount(own, size);
  const numbers = new Float64Array(size);
  let count = 0;
  let booleans = 0;
  const put = (value: number | boolean): void => {
    if (typeof value === "boolean") booleans++;
    numbers[count++] = Number(value);
  };
  forEachLeaf("tensor", values, natural, put, elementAdvice);
  const dtype = wanted ?? (size > 0 && booleans === size ? "bool" : "float32");
  if (dtype === "int32") for (const value of numbers) checkInt32("tensor", value);
  const x = new Tensor(numbers, own);
  return dtype === "float64" ? x : convert(x, dtype);
}

function checkCount(shape: readonly number[], count: number): void {
  const size = sizeOf("tensor", shape);
  if (size !== count) {
    throw new ShapeError(`tensor: shape ${formatShape(shape)} needs ${size} elements, got ${count}`);
  }
}
