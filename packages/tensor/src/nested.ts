import { ShapeError } from "./errors.ts";
import { describe, maxDims } from "./shape.ts";
import type { StridedArray } from "./strided-array.ts";

/**
 * A number or truth value, or arrays of them nested to any depth.
 *
 * @public
 */
export type NestedArray = number | boolean | readonly NestedArray[];

/** The elements of a tensor as nested arrays. */
export function nestedArray(x: StridedArray): NestedArray {
  const read = (d: number, offset: number): NestedArray => {
    if (d === x.ndim) return x.dtype === "bool" ? x.data[offset] !== 0 : x.data[offset]!;
    const items = new Array<NestedArray>(x.shape[d]!);
    for (let i = 0; i < items.length; i++) items[i] = read(d + 1, offset + i * x.strides[d]!);
    return items;
  };
  return read(0, x.offset);
}

/** The shape of nested arrays, found along the first items. */
export function nestedShape(where: string, values: NestedArray): number[] {
  const shape: number[] = [];
  let level: NestedArray | undefined = values;
  while (Array.isArray(level)) {
    shape.push(level.length);
    // deeper nesting is a mistake, such as an array that contains itself
    if (shape.length > maxDims) throw new ShapeError(`${where}: arrays are nested more than ${maxDims} deep`);
    level = level[0];
  }
  return shape;
}

/** The elements in row-major order; truth values are 0 and 1. */
export function flatArray(x: StridedArray): number[] {
  const elements = new Array<number>(x.size);
  let count = 0;
  const read = (d: number, offset: number): void => {
    if (d === x.ndim) elements[count++] = x.data[offset]!;
    else for (let i = 0; i < x.shape[d]!; i++) read(d + 1, offset + i * x.strides[d]!);
  };
  if (x.size > 0) read(0, x.offset);
  return elements;
}

/**
 * Calls `put` for every leaf in row-major order; throws where the arrays do not fill `shape`.
 *
 * @param advise - what to do about a leaf that is none, for the end of the message.
 */
export function forEachLeaf(
  where: string,
  values: NestedArray,
  shape: readonly number[],
  put: (value: number | boolean) => void,
  advise: (value: unknown, isInside: boolean) => string,
): void {
  const path: number[] = [];
  const visit = (value: NestedArray, d: number): void => {
    if (d === shape.length) {
      if (typeof value !== "number" && typeof value !== "boolean") {
        throw notALeaf(where, value, path, advise(value, path.length > 0));
      }
      put(value);
      return;
    }
    if (!Array.isArray(value) || value.length !== shape[d]) {
      const got = Array.isArray(value) ? `${value.length} items` : describe(value);
      throw new ShapeError(
        `${where}: arrays are ragged: ${got} at [${path.join(",")}], expected ${shape[d]} items`,
      );
    }
    for (let i = 0; i < value.length; i++) {
      path[d] = i;
      path.length = d + 1;
      visit(value[i] as NestedArray, d + 1);
    }
    path.length = d;
  };
  visit(values, 0);
}

function notALeaf(where: string, value: unknown, path: readonly number[], advice: string): Error {
  const at = path.length > 0 ? ` at [${path.join(",")}]` : "";
  if (Array.isArray(value)) {
    return new ShapeError(
      `${where}: arrays are ragged: ${value.length} items${at}, expected a number or boolean`,
    );
  }
  return new TypeError(`${where}: expected a number or boolean${at}, got ${describe(value)}${advice}`);
}
