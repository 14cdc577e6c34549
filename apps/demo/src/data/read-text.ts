import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { InputError, systemReason } from "../errors.ts";

/** Longest text read, packed or unpacked, in bytes: V8 strings end soon after. */
const MAX_BYTES = 500_000_000;

/**
 * Reads a UTF-8 file, unpacking gzip (known by its first two bytes, whatever the name).
 *
 * @throws {@link InputError} if the file is missing, unreadable, empty, too large, damaged or not UTF-8.
 */
export async function readText(path: string): Promise<string> {
  return textOf(await readBytes(path), path);
}

/**
 * The text of UTF-8 bytes, unpacked if they are gzip, known by the first two of them.
 *
 * @throws {@link InputError} if they are empty, too many, damaged or not UTF-8.
 */
export function textOf(packed: Uint8Array, path: string): string {
  const bytes = unpack(packed, path);
  if (bytes.length > MAX_BYTES)
    throw new InputError(`${path}: larger than ${MAX_BYTES / 1e6} MB; give a smaller file`);
  const text = decode(bytes, path);
  if (text === "") throw new InputError(`${path}: the file is empty`);
  return text;
}

/**
 * Reads a file whole.
 *
 * @throws {@link InputError} if it is missing or unreadable.
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new InputError(`${path}: ${systemReason(error)}`);
  }
}

function unpack(bytes: Uint8Array, path: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new InputError(`${path}: larger than ${MAX_BYTES / 1e6} MB when unpacked; give a smaller file`);
    }
    throw new InputError(`${path}: damaged gzip file (${(error as Error).message})`);
  }
}

/** The text without a byte order mark. */
function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${path}: not UTF-8 text; save it as UTF-8`);
  }
}
