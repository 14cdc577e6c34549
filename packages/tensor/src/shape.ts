import { formatShape, ShapeError } from "./errors.ts";

/** More elements than this are refused before anything is allocated. */
export const maxElements: number = 2 ** 31 - 1;

/** As many dimensions as NumPy has. */
export const maxDims = 64;

/** The number of elements of a shape; throws unless it is made of non-negative integers and not too large. */
export function sizeOf(where: string, shape: readonly number[]): number {
  if (shape.length > maxDims) {
    throw new ShapeError(`${where}: ${shape.length} dimensions, more than the limit of ${maxDims}`);
  }
  let size = 1;
  for (let d = 0; d < shape.length; d++) {
    const n = shape[d]!;
    if (!Number.isInteger(n) || n < 0) {
      throw new ShapeError(
        `${where}: shape ${formatShape(shape)} has ${describe(n)} in dim ${d}; dimensions must be non-negative integers`,
      );
    }
    size *= n;
  }
  if (!(size <= maxElements)) {
    throw new ShapeError(
      `${where}: shape ${formatShape(shape)} has ${size} elements, more than the limit of ${maxElements}`,
    );
  }
  return size;
}

/** The number of elements of a shape that was checked before. */
export function productOf(shape: readonly number[]): number {
  let product = 1;
  for (let d = 0; d < shape.length; d++) product *= shape[d]!;
  return product;
}

/** A copy of a shape (or strides) given by a user, checked to be an array. */
export function copyShape(where: string, shape: readonly number[], name = "shape"): number[] {
  if (!Array.isArray(shape)) {
    throw new TypeError(`${where}: ${name} must be an array of dimensions, got ${describe(shape)}`);
  }
  // faster than slice() of a frozen array
  return [...shape];
}

/** A value as error messages print it. */
export function describe(value: unknown): string {
  if (value === null || typeof value === "number" || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" ? (value.constructor?.name ?? "an object") : typeof value;
}

/** Row-major strides: the last dimension moves by one element. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = stride;
    stride *= shape[d]!;
  }
  return strides;
}

/** Whether elements lie one after another in row-major order; strides of dimensions of size 1 do not matter. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  let rowMajor = true;
  for (let d = shape.length - 1; d >= 0; d--) {
    const n = shape[d]!;
    if (n === 0) return true;
    if (n !== 1 && strides[d] !== expected) rowMajor = false;
    expected *= n;
  }
  return rowMajor;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let d = 0; d < a.length; d++) if (a[d] !== b[d]) return false;
  return true;
}

/**
 * The common shape of two operands; dimensions are matched from the last one and a 1 stretches.
 *
 * @param wholeA - the shape to show in the error, if `a` holds only its leading dimensions; likewise `wholeB`.
 */
export function broadcastPair(
  where: string,
  a: readonly number[],
  b: readonly number[],
  wholeA: readonly number[] = a,
  wholeB: readonly number[] = b,
): number[] {
  const ndim = Math.max(a.length, b.length);
  const shape = new Array<number>(ndim);
  for (let back = 1; back <= ndim; back++) {
    const da = a.length - back;
    const db = b.length - back;
    const na = da < 0 ? 1 : a[da]!;
    const nb = db < 0 ? 1 : b[db]!;
    if (na !== nb && na !== 1 && nb !== 1) {
      throw new ShapeError(
        `${where}: shapes ${formatShape(wholeA)} and ${formatShape(wholeB)} do not broadcast: ${na} (dim ${da}) != ${nb} (dim ${db})`,
      );
    }
    shape[ndim - back] = na === 1 ? nb : na;
  }
  return shape;
}

/**
 * The shape that tensors of the given shapes have together once each is stretched: dimensions are matched from the
 * last one, and a dimension of 1 (or a missing one) takes the other's size.
 *
 * @remarks
 * Source: NumPy's broadcasting rules.
 *
 * @throws {@link ShapeError} if two dimensions differ and neither is 1.
 *
 * @example
 * ```ts
 * import { broadcastShapes } from "@rnn/tensor";
 *
 * broadcastShapes([8, 1, 6], [7, 1]); // [8, 7, 6]
 * ```
 *
 * @public
 */
export function broadcastShapes(...shapes: (readonly number[])[]): number[] {
  let result: number[] = [];
  for (const shape of shapes) {
    const own = copyShape("broadcastShapes", shape);
    sizeOf("broadcastShapes", own);
    result = broadcastPair("broadcastShapes", result, own);
  }
  return result;
}

/** Strides that read a tensor as if it had `shape`: 0 where it is stretched. Trusts that the shapes broadcast. */
export function broadcastStrides(
  shape: readonly number[],
  fromShape: readonly number[],
  fromStrides: readonly number[],
): number[] {
  const added = shape.length - fromShape.length;
  const strides = new Array<number>(shape.length);
  for (let d = 0; d < shape.length; d++) {
    const from = d - added;
    strides[d] = from < 0 || (fromShape[from] === 1 && shape[d] !== 1) ? 0 : fromStrides[from]!;
  }
  return strides;
}

/** A dimension counted from the front: -1 is the last. A 0-d tensor accepts 0 and -1, as in PyTorch. */
export function normalizeDim(
  where: string,
  dim: number,
  ndim: number,
  of: "tensor" | "result" = "tensor",
): number {
  if (typeof dim !== "number") throw notADim(where, dim, "a number");
  const limit = ndim === 0 ? 1 : ndim;
  if (!Number.isInteger(dim) || dim < -limit || dim >= limit) {
    throw new RangeError(
      `${where}: dim ${dim} is outside ${-limit}..${limit - 1} (the ${of} has ${ndim} dimensions)`,
    );
  }
  return dim < 0 ? dim + limit : dim;
}

function notADim(where: string, given: unknown, expected: string): TypeError {
  const inside: unknown =
    typeof given === "object" && given !== null && "dim" in given ? given.dim : undefined;
  const advice = inside === undefined ? "" : `; pass ${describe(inside)} itself, not as an option`;
  return new TypeError(`${where}: dim must be ${expected}, got ${describe(given)}${advice}`);
}

/** One or several dimensions counted from the front, each at most once, in the order given. */
export function normalizeDims(where: string, given: number | readonly number[], ndim: number): number[] {
  if (typeof given === "number") return [normalizeDim(where, given, ndim)];
  if (!Array.isArray(given)) throw notADim(where, given, "a number or an array of numbers");
  const dims: readonly number[] = given;
  const result = dims.map((dim) => normalizeDim(where, dim, ndim));
  result.forEach((dim, i) => {
    if (result.indexOf(dim) !== i)
      throw new RangeError(`${where}: dim ${dim} appears twice in [${dims.join(",")}]`);
  });
  return result;
}

/** An index counted from the front; -1 is the last. */
export function normalizeIndex(where: string, index: number, dim: number, size: number): number {
  if (!Number.isInteger(index) || index < -size || index >= size) {
    const range = size === 0 ? "the dimension is empty" : `expected an integer in ${-size}..${size - 1}`;
    throw new RangeError(`${where}: index ${index} for dim ${dim} of size ${size}; ${range}`);
  }
  return index < 0 ? index + size : index;
}
