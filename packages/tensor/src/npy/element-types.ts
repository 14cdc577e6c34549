import type { DType } from "../dtype.ts";

/** How the elements of a file are stored, and what they become here. */
export interface ElementType {
  /** Bytes per element. */
  readonly width: number;
  readonly dtype: DType;
  /** Reads an element at a byte. */
  readonly read: (view: DataView, at: number) => number | bigint;
}

/** By kind and width, as in a file's `descr`. */
const types: Readonly<Record<string, ElementType>> = {
  f4: { width: 4, dtype: "float32", read: (view, at) => view.getFloat32(at, true) },
  f8: { width: 8, dtype: "float64", read: (view, at) => view.getFloat64(at, true) },
  b1: { width: 1, dtype: "bool", read: (view, at) => view.getUint8(at) },
  i1: { width: 1, dtype: "int32", read: (view, at) => view.getInt8(at) },
  i2: { width: 2, dtype: "int32", read: (view, at) => view.getInt16(at, true) },
  i4: { width: 4, dtype: "int32", read: (view, at) => view.getInt32(at, true) },
  i8: { width: 8, dtype: "int32", read: (view, at) => view.getBigInt64(at, true) },
  u1: { width: 1, dtype: "int32", read: (view, at) => view.getUint8(at) },
  u2: { width: 2, dtype: "int32", read: (view, at) => view.getUint16(at, true) },
  u4: { width: 4, dtype: "int32", read: (view, at) => view.getUint32(at, true) },
  u8: { width: 8, dtype: "int32", read: (view, at) => view.getBigUint64(at, true) },
};

/** The type of a `descr` such as `<f4`: little-endian, or of single bytes, which have no order. */
export function elementType(descr: string): ElementType | undefined {
  const name = descr.slice(1);
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  return descr[0] === "<" || (descr[0] === "|" && type?.width === 1) ? type : undefined;
}

/** What a file says of a dtype. */
export const descrOf: Readonly<Record<DType, string>> = {
  float32: "<f4",
  float64: "<f8",
  int32: "<i4",
  bool: "|b1",
};
