import type { DType, TensorData } from "@rnn/tensor";
import { positionOf, printPosition } from "../shape.ts";
import { printed, SafetensorsError } from "./error.ts";
import { fromBfloat16, fromFloat16 } from "./half-floats.ts";

/** A tensor of the file while it is read: its name and shape, for messages. */
interface Named {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One element type of the format, and what it becomes here. */
export interface ElementType {
  /** Bytes per element in the file. */
  readonly width: number;
  readonly dtype: DType;
  /** The elements in `bytes`, which are in the machine's byte order and may be kept. */
  read(bytes: ArrayBuffer, tensor: Named): TensorData;
}

const TYPES: Readonly<Record<string, ElementType>> = {
  F64: { width: 8, dtype: "float64", read: (bytes) => new Float64Array(bytes) },
  F32: { width: 4, dtype: "float32", read: (bytes) => new Float32Array(bytes) },
  F16: { width: 2, dtype: "float32", read: (bytes) => fromFloat16(new Uint16Array(bytes)) },
  BF16: { width: 2, dtype: "float32", read: (bytes) => fromBfloat16(new Uint16Array(bytes)) },
  I64: { width: 8, dtype: "int32", read: (bytes, tensor) => narrowed(new BigInt64Array(bytes), tensor) },
  U64: { width: 8, dtype: "int32", read: (bytes, tensor) => narrowed(new BigUint64Array(bytes), tensor) },
  I32: { width: 4, dtype: "int32", read: (bytes) => new Int32Array(bytes) },
  U32: { width: 4, dtype: "int32", read: (bytes, tensor) => narrowed(new Uint32Array(bytes), tensor) },
  I16: { width: 2, dtype: "int32", read: (bytes) => Int32Array.from(new Int16Array(bytes)) },
  U16: { width: 2, dtype: "int32", read: (bytes) => Int32Array.from(new Uint16Array(bytes)) },
  I8: { width: 1, dtype: "int32", read: (bytes) => Int32Array.from(new Int8Array(bytes)) },
  U8: { width: 1, dtype: "int32", read: (bytes) => Int32Array.from(new Uint8Array(bytes)) },
  BOOL: { width: 1, dtype: "bool", read: (bytes, tensor) => checkedBools(new Uint8Array(bytes), tensor) },
};

/** What each dtype is called in a file. */
export const NAME_OF: Readonly<Record<DType, string>> = {
  float64: "F64",
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};

/** The element type that the header of tensor `name` asks for. */
export function elementType(name: string, dtype: unknown): ElementType {
  const type = typeof dtype === "string" && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (type !== undefined) return type;
  throw new SafetensorsError(
    `${printed(name)} has dtype ${printed(dtype)}; supported: ${Object.keys(TYPES).join(", ")}`,
  );
}

/** Wide integers as int32; refuses what does not fit. */
function narrowed(
  wide: BigInt64Array | BigUint64Array | Uint32Array,
  { name, shape }: Named,
): Int32Array<ArrayBuffer> {
  const narrow = new Int32Array(wide.length);
  for (let i = 0; i < wide.length; i++) {
    const value = wide[i]!;
    narrow[i] = Number(value);
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number of the same value are equal, not identical
    if (narrow[i]! != value) {
      const position = printPosition(positionOf(i, shape));
      throw new SafetensorsError(
        `${printed(name)} is ${value}${position}, which does not fit int32, the integers of tensors`,
      );
    }
  }
  return narrow;
}

function checkedBools(bytes: Uint8Array<ArrayBuffer>, { name }: Named): Uint8Array<ArrayBuffer> {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! > 1) throw new SafetensorsError(`${printed(name)}: a BOOL is neither 0 nor 1`);
  }
  return bytes;
}
