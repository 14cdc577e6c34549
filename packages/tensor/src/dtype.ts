import { keepMemory, LARGE_LENGTH } from "./kept-memory.ts";

/**
 * What one element of a tensor is.
 *
 * `float32` is stored in a `Float32Array`, `float64` in a `Float64Array`, `int32` in an `Int32Array` and `bool` in a
 * `Uint8Array` of zeros and ones.
 *
 * @public
 */
export type DType = "float32" | "float64" | "int32" | "bool";

/**
 * The typed arrays that can hold the elements of a tensor.
 *
 * @public
 */
export type TensorData = Float32Array | Float64Array | Int32Array | Uint8Array;

/** The dtype whose storage `data` is, or `undefined` for anything else. */
export function dtypeOf(data: unknown): DType | undefined {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint8Array) return "bool";
  return undefined;
}

/** A new zero-filled array for `length` elements. */
export function allocate(dtype: DType, length: number): TensorData {
  if (length >= LARGE_LENGTH) keepMemory();
  switch (dtype) {
    case "float32":
      return new Float32Array(length);
    case "float64":
      return new Float64Array(length);
    case "int32":
      return new Int32Array(length);
    case "bool":
      return new Uint8Array(length);
  }
}

/** Throws unless `dtype` is one of the four names; for the public doors that take one. */
export function checkDType(where: string, dtype: DType): DType {
  if (dtype === "float32" || dtype === "float64" || dtype === "int32" || dtype === "bool") return dtype;
  throw new TypeError(
    `${where}: unknown dtype ${JSON.stringify(dtype)}; use float32, float64, int32 or bool`,
  );
}

/** As {@link checkDType}, for functions whose results are numbers, not truth values. */
export function checkNumeric(where: string, dtype: DType): DType {
  if (dtype === "bool") throw new TypeError(`${where}: dtype is bool, expected float32, float64 or int32`);
  return checkDType(where, dtype);
}

/** Throws unless `value`, its fraction cut off, is an int32: a typed array would wrap it around, and make NaN zero. */
export function checkInt32(where: string, value: number): void {
  if (Math.trunc(value) !== (value | 0)) throw new RangeError(`${where}: ${value} does not fit int32`);
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** The dtype that mathematics (exp, division, mean) on `dtype` is done in: float32 for int32 and bool. */
export function floatOf(dtype: DType): DType {
  return dtype === "float64" ? "float64" : "float32";
}

const order: Record<DType, number> = { bool: 0, int32: 1, float32: 2, float64: 3 };
/** Within one category (truth values, whole numbers, fractions) a 0-d tensor does not widen its partner. */
const category: Record<DType, number> = { bool: 0, int32: 1, float32: 2, float64: 2 };

/** The dtype of a result of two tensors: the wider one of bool < int32 < float32 < float64, as in PyTorch. */
export function promote(a: DType, b: DType): DType {
  return order[a] >= order[b] ? a : b;
}

/** As {@link promote}, where a 0-d operand counts only if it is of a higher category than a partner with dimensions. */
export function promoteOperands(a: DType, aDims: number, b: DType, bDims: number): DType {
  if (a === b) return a;
  if (aDims > 0 && bDims === 0) return category[b] > category[a] ? b : a;
  if (bDims > 0 && aDims === 0) return category[a] > category[b] ? a : b;
  return promote(a, b);
}

/** The dtype a plain number takes beside a tensor: it fits in, but a fraction turns whole numbers into float32. */
export function scalarDType(value: number, beside: DType): DType {
  if (isFloat(beside)) return beside;
  return value === (value | 0) ? "int32" : "float32";
}
