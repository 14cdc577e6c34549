import { type DType, Tensor, type TensorData } from "@rnn/tensor";

/** Longest header read, in bytes; the reference implementation has the same limit. */
const MAX_HEADER = 100_000_000;
/** Header length, an unsigned little-endian 64-bit integer. */
const PREFIX = 8;
const METADATA = "__metadata__";

/** How each dtype is called in the file, and stored. */
const FORMATS: Readonly<Record<DType, { name: string; array: TensorArray }>> = {
  float32: { name: "F32", array: Float32Array },
  float64: { name: "F64", array: Float64Array },
  int32: { name: "I32", array: Int32Array },
  bool: { name: "BOOL", array: Uint8Array },
};

interface TensorArray {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): TensorData;
}

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Map<string, string>;
}

/** Bytes that are not a safetensors file, or not one of the supported dtypes. */
export class SafetensorsError extends Error {
  override readonly name: string = "SafetensorsError";
}

/**
 * Writes tensors as a safetensors file: header length, JSON header, raw little-endian elements in the given order.
 *
 * @param tensors - Tensors by name, for example a model's state dict; views are written as row-major copies.
 * @param metadata - Texts to put beside them.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [];
  if (metadata.size > 0) entries.push([METADATA, Object.fromEntries(metadata)]);
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, tensor] of tensors) {
    if (name === METADATA)
      throw new SafetensorsError(`encodeSafetensors: a tensor cannot be called "${METADATA}"`);
    const bytes = elementBytes(tensor);
    const { name: dtype } = FORMATS[tensor.dtype];
    entries.push([name, { dtype, shape: tensor.shape, data_offsets: [offset, offset + bytes.length] }]);
    parts.push(bytes);
    offset += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  // spaces after the header keep the elements aligned to 8 bytes
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(PREFIX + headerLength + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, PREFIX, PREFIX + headerLength);
  file.set(json, PREFIX);
  let at = PREFIX + headerLength;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/**
 * Reads a safetensors file that may come from anyone: nothing is allocated or believed before it was checked against
 * the length of the file, and the tensors must fill the data without gap or overlap.
 *
 * @throws {@link SafetensorsError} saying what is wrong.
 */
export function decodeSafetensors(file: Uint8Array): Safetensors {
  // a Buffer is a Uint8Array too, but its slice() shares memory: read through a plain one
  const { header, data } = splitFile(new Uint8Array(file.buffer, file.byteOffset, file.length));
  const tensors = new Map<string, Tensor>();
  let metadata = new Map<string, string>();
  const ranges: { name: string; start: number; end: number }[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) {
      metadata = readMetadata(entry);
      continue;
    }
    const { dtype, shape, start, end } = readEntry(name, entry, data.length);
    ranges.push({ name, start, end });
    tensors.set(name, new Tensor(elements(name, dtype, data.slice(start, end)), shape));
  }
  checkCoverage(ranges, data.length);
  return { tensors, metadata };
}

function splitFile(file: Uint8Array): { header: object; data: Uint8Array } {
  if (file.length < PREFIX) {
    throw new SafetensorsError(`${file.length} bytes are too few for a safetensors file`);
  }
  const length = new DataView(file.buffer, file.byteOffset, PREFIX).getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER, file.length - PREFIX))) {
    throw new SafetensorsError(
      `header of ${length} bytes, but ${file.length - PREFIX} follow: truncated, or not safetensors`,
    );
  }
  const end = PREFIX + Number(length);
  if (file[PREFIX] !== 0x7b)
    throw new SafetensorsError('the header does not begin with "{": not a safetensors file');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(PREFIX, end)));
  } catch {
    throw new SafetensorsError("the header is not JSON");
  }
  return { header: header as object, data: file.subarray(end) };
}

function readMetadata(entry: unknown): Map<string, string> {
  if (!isRecord(entry)) throw new SafetensorsError(`"${METADATA}" is not an object`);
  return new Map(
    Object.entries(entry).map(([key, value]) => {
      if (typeof value !== "string")
        throw new SafetensorsError(`"${METADATA}": the value of "${key}" is not a string`);
      return [key, value];
    }),
  );
}

function readEntry(name: string, entry: unknown, available: number) {
  if (!isRecord(entry)) throw new SafetensorsError(`"${name}" is not described by an object`);
  const format = Object.entries(FORMATS).find(([, { name }]) => name === entry.dtype);
  if (format === undefined) {
    const names = Object.values(FORMATS).map((each) => each.name);
    throw new SafetensorsError(
      `"${name}" has dtype ${JSON.stringify(entry.dtype)}; supported: ${names.join(", ")}`,
    );
  }
  const shape = sizes(entry.shape);
  const offsets = sizes(entry.data_offsets);
  if (shape === undefined) throw new SafetensorsError(`"${name}": the shape is not a list of sizes`);
  const [start = 0, end = 0] = offsets ?? [];
  if (offsets?.length !== 2 || start > end || end > available) {
    throw new SafetensorsError(
      `"${name}": data_offsets ${JSON.stringify(entry.data_offsets)} do not lie in the ${available} bytes of data: truncated file?`,
    );
  }
  const expected = shape.reduce((product, size) => product * size, format[1].array.BYTES_PER_ELEMENT);
  if (expected !== end - start) {
    throw new SafetensorsError(
      `"${name}": shape [${shape}] of ${format[1].name} takes ${expected} bytes, but data_offsets give it ${end - start}`,
    );
  }
  return { dtype: format[0] as DType, shape, start, end };
}

/** The value as a list of safe non-negative integers, or undefined if it is something else. */
function sizes(value: unknown): number[] | undefined {
  const fits = Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
  return fits ? (value as number[]) : undefined;
}

function checkCoverage(ranges: { name: string; start: number; end: number }[], length: number): void {
  let covered = 0;
  for (const { name, start, end } of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== covered) {
      throw new SafetensorsError(
        `"${name}" starts at byte ${start} of the data, expected ${covered}: a gap or an overlap`,
      );
    }
    covered = end;
  }
  if (covered !== length) throw new SafetensorsError(`${length - covered} bytes of data belong to no tensor`);
}

function elements(name: string, dtype: DType, bytes: Uint8Array): TensorData {
  const { array } = FORMATS[dtype];
  if (dtype === "bool" && bytes.some((byte) => byte > 1)) {
    throw new SafetensorsError(`"${name}": a BOOL is neither 0 nor 1`);
  }
  return new array(toLittleEndian(bytes, array.BYTES_PER_ELEMENT).buffer as ArrayBuffer);
}

function elementBytes(tensor: Tensor): Uint8Array {
  const { data, offset, size } = tensor.contiguous();
  const width = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(data.buffer, data.byteOffset + offset * width, size * width);
  return toLittleEndian(bytes.slice(), width);
}

/** Turns elements of `width` bytes from the machine's byte order to little-endian or back, in place. */
function toLittleEndian(bytes: Uint8Array, width: number): Uint8Array {
  const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (!littleEndian) {
    for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
  }
  return bytes;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
