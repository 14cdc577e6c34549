import { crc32c } from "./crc32c.ts";

/** What one record of a TensorBoard event file says. */
export interface EventRecord {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step?: number;
  /** Only in the first record. */
  readonly fileVersion?: string;
  /** Numbers by tag. */
  readonly scalars?: readonly (readonly [tag: string, value: number])[];
}

/**
 * The bytes of a record, a TFRecord: length (8 bytes), its checksum, the message, its checksum.
 *
 * The message is TensorFlow's `Event`: wall_time = 1 (double), step = 2 (int64), file_version = 3 (string), summary = 5 with
 * repeated value = 1 of tag = 1 (string) and simple_value = 2 (float).
 */
export function encodeRecord({ wallTime, step = 0, fileVersion, scalars = [] }: EventRecord): Uint8Array {
  const message = [
    ...double(1, wallTime),
    ...(step === 0 ? [] : [key(2, VARINT), ...varint(step)]),
    ...(fileVersion === undefined ? [] : chunk(3, utf8(fileVersion))),
    ...(scalars.length === 0
      ? []
      : chunk(
          5,
          scalars.flatMap(([tag, value]) => chunk(1, [...chunk(1, utf8(tag)), ...float(2, value)])),
        )),
  ];
  const record = new Uint8Array(message.length + 16);
  const view = new DataView(record.buffer);
  view.setUint32(0, message.length, true); // the upper half of the length stays 0
  view.setUint32(8, masked(crc32c(record.subarray(0, 8))), true);
  record.set(message, 12);
  view.setUint32(12 + message.length, masked(crc32c(record.subarray(12, 12 + message.length))), true);
  return record;
}

/** Checksums are stored turned and shifted, so that the checksum of data with checksums in it stays meaningful. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

function key(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

/** Seven bits per byte, the lowest first; all but the last have the highest bit set. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

function chunk(field: number, content: readonly number[]): number[] {
  return [key(field, LENGTH), ...varint(content.length), ...content];
}

function double(field: number, value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, true);
  return [key(field, FIXED64), ...new Uint8Array(view.buffer)];
}

function float(field: number, value: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  return [key(field, FIXED32), ...new Uint8Array(view.buffer)];
}

function utf8(text: string): number[] {
  const { TextEncoder } = globalThis as unknown as {
    TextEncoder: new () => { encode(text: string): Uint8Array };
  };
  return [...new TextEncoder().encode(text)];
}
