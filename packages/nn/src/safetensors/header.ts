import { type ElementType, elementType } from "./element-types.ts";
import { printed, SafetensorsError } from "./error.ts";
import { DuplicateKey, keysInOrder } from "./object-keys.ts";
import { decodeUtf8 } from "./utf8.ts";

/** Length of the header's own length, an unsigned little-endian 64-bit integer. */
export const PREFIX = 8;
/** Longest header in bytes, read or written; the reference implementation has the same limit. */
export const MAX_HEADER = 100_000_000;
/** The member of the header that is no tensor. */
export const METADATA = "__metadata__";

/** What the header says of one tensor: its type, its shape, and where its bytes are in the data. */
export interface TensorEntry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** A file taken apart: every entry lies in `data`, and together they cover it. */
export interface FileParts {
  readonly entries: readonly TensorEntry[];
  readonly metadata: Map<string, string>;
  readonly data: Uint8Array;
}

/** Takes a file apart and checks all that can be checked without reading an element. Allocates no more than the header. */
export function takeApart(file: Uint8Array): FileParts {
  const { json, data } = split(file);
  const { header, keys } = parse(json);
  const entries: TensorEntry[] = [];
  let metadata = new Map<string, string>();
  for (const key of keys) {
    if (key === METADATA) metadata = readMetadata(header[key]);
    else entries.push(readEntry(key, header[key], data.length));
  }
  checkCoverage(entries, data.length);
  return { entries, metadata, data };
}

function split(file: Uint8Array): { json: Uint8Array; data: Uint8Array } {
  if (file.length < PREFIX) {
    throw new SafetensorsError(`${file.length} bytes are too few for a safetensors file`);
  }
  const length = new DataView(file.buffer, file.byteOffset, PREFIX).getBigUint64(0, true);
  if (length > BigInt(file.length - PREFIX)) {
    throw new SafetensorsError(
      `header of ${length} bytes, but ${file.length - PREFIX} follow: truncated, or not safetensors`,
    );
  }
  if (length > BigInt(MAX_HEADER)) {
    throw new SafetensorsError(`header of ${length} bytes; at most ${MAX_HEADER} are read`);
  }
  const end = PREFIX + Number(length);
  return { json: file.subarray(PREFIX, end), data: file.subarray(end) };
}

function parse(bytes: Uint8Array): { header: Record<string, unknown>; keys: string[] } {
  if (bytes[0] !== 0x7b) {
    throw new SafetensorsError('the header does not begin with "{": not a safetensors file');
  }
  let json: string;
  let header: unknown;
  try {
    json = decodeUtf8(bytes);
    header = JSON.parse(json);
  } catch {
    throw new SafetensorsError("the header is not JSON");
  }
  const keys = keysInOrder(json);
  if (keys instanceof DuplicateKey) {
    throw new SafetensorsError(`the header has ${printed(keys.key)} twice`);
  }
  return { header: header as Record<string, unknown>, keys };
}

function readMetadata(value: unknown): Map<string, string> {
  if (!isObject(value)) throw new SafetensorsError(`"${METADATA}" is not an object`);
  return new Map(
    Object.entries(value).map(([key, text]) => {
      if (typeof text === "string") return [key, text];
      throw new SafetensorsError(`"${METADATA}": the value of ${printed(key)} is not a string`);
    }),
  );
}

function readEntry(name: string, value: unknown, available: number): TensorEntry {
  const shown = printed(name);
  if (!isObject(value)) throw new SafetensorsError(`${shown} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  const type = elementType(name, dtype);
  if (!isSizes(shape)) throw new SafetensorsError(`${shown}: the shape is not a list of sizes`);
  if (!isRange(offsets, available)) {
    throw new SafetensorsError(
      `${shown}: data_offsets ${printed(offsets)} do not lie in the ${available} bytes of data: truncated file?`,
    );
  }
  const [start, end] = offsets;
  const bytes = shape.reduce((product, size) => product * size, type.width);
  if (bytes !== end - start) {
    throw new SafetensorsError(
      `${shown}: shape ${printed(shape)} of ${dtype} takes ${bytes} bytes, but data_offsets give it ${end - start}`,
    );
  }
  // a size of 0 hides the others from the check above, but strides are computed from them
  if (!Number.isSafeInteger(shape.reduce((product, size) => product * Math.max(size, 1), 1))) {
    throw new SafetensorsError(`${shown}: shape ${printed(shape)} is out of range`);
  }
  return { name, type, shape, start, end };
}

/** Whether the tensors fill the data without gap or overlap. */
function checkCoverage(entries: readonly TensorEntry[], length: number): void {
  let covered = 0;
  for (const { name, start, end } of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== covered) {
      throw new SafetensorsError(
        `${printed(name)} starts at byte ${start} of the data, expected ${covered}: a gap or an overlap`,
      );
    }
    covered = end;
  }
  if (covered !== length) throw new SafetensorsError(`${length - covered} bytes of data belong to no tensor`);
}

function isSizes(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.every((size) => Number.isSafeInteger(size) && size >= 0 && !Object.is(size, -0))
  );
}

/** Whether the value is `[start, end]` of some of the first `available` bytes. */
function isRange(value: unknown, available: number): value is [start: number, end: number] {
  return isSizes(value) && value.length === 2 && value[0]! <= value[1]! && value[1]! <= available;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
