import { formatShape } from "../errors.ts";
import { maxDims, maxElements } from "../shape.ts";
import { npyError, printed } from "./error.ts";

/** What the header of a file says, and where the elements begin. */
export interface NpyHeader {
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  readonly start: number;
}

/** The bytes that every file begins with: \x93NUMPY. */
export const magic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy reads no longer headers, unless told to trust the file. */
const maxHeader = 10_000;

/** Reads the header; what it says of the data is not yet compared with the bytes that follow. */
export function readHeader(bytes: Uint8Array): NpyHeader {
  if (magic.some((byte, i) => bytes[i] !== byte)) {
    throw npyError("the bytes do not begin with \\x93NUMPY: not a .npy file");
  }
  const [major = 1, minor] = bytes.subarray(6, 8);
  // version 1 has two bytes for the length of the header, later ones four
  const prefix = major === 1 ? 10 : 12;
  if (bytes.length < prefix) throw npyError(`${bytes.length} bytes are too few for a header`);
  if (minor !== 0 || (major !== 1 && major !== 2 && major !== 3)) {
    throw npyError(`format version ${major}.${minor}; 1.0, 2.0 and 3.0 are read`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, prefix);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > maxHeader) throw npyError(`header of ${length} bytes; at most ${maxHeader} are read`);
  const start = prefix + length;
  if (start > bytes.length) {
    throw npyError(`header of ${length} bytes, but ${bytes.length - prefix} follow: truncated`);
  }
  // field names alone could be other than ASCII, and arrays with fields are not read
  return { ...parseDictionary(String.fromCharCode(...bytes.subarray(prefix, start))), start };
}

/** The values of the three keys, as they stand in the text. */
const values = {
  descr: /'([^'\\]*)'|"([^"\\]*)"/,
  fortran_order: /(True|False)/,
  shape: /\(((?:\d+ *, *)*(?:\d+ *)?)\)/,
} as const;

/** Python's way to write a dictionary: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`. */
function parseDictionary(text: string): Omit<NpyHeader, "start"> {
  const found = new Map<string, string>();
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const sticky = new RegExp(pattern.source, "y");
    sticky.lastIndex = at;
    const match = sticky.exec(text);
    if (match) at = sticky.lastIndex;
    return match;
  };
  const expected = (what: string): Error =>
    npyError(`expected ${what} at ${printed(text.slice(at))} of the header`);

  if (!take(/ *\{ */)) throw expected('"{"');
  while (!take(/\} *\n?$/)) {
    const key = take(/'(\w*)' *: */) ?? take(/"(\w*)" *: */);
    if (!key) throw expected("a key or the end");
    const name = key[1]!;
    if (!Object.hasOwn(values, name)) throw npyError(`unknown key ${printed(name)} in the header`);
    if (found.has(name)) throw npyError(`the header has ${printed(name)} twice`);
    const value = take(values[name as keyof typeof values]);
    if (!value) throw expected(`a value of ${name}`);
    found.set(name, value[1] ?? value[2] ?? "");
    const isLast = !take(/ *, */);
    take(/ */);
    if (isLast && text[at] !== "}") throw expected('"," or "}"');
  }
  for (const name of Object.keys(values)) {
    if (!found.has(name)) throw npyError(`the header has no ${printed(name)}`);
  }
  return {
    descr: found.get("descr")!,
    isFortran: found.get("fortran_order") === "True",
    shape: parseShape(found.get("shape")!),
  };
}

/** A tuple without its brackets: nothing, `3,` or `3, 4`. */
function parseShape(text: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length === 1 && parts[0] !== "") throw npyError(`shape (${text}) is a number, not a tuple`);
  if (parts.at(-1) === "") parts.pop();
  if (parts.length > maxDims) throw npyError(`${parts.length} dimensions; at most ${maxDims} are read`);
  const shape = parts.map(Number);
  // also where another dimension is 0, so that every number is exact
  if (!(shape.reduce((size, n) => size * Math.max(n, 1), 1) <= maxElements)) {
    throw npyError(`shape ${formatShape(shape)} is for more than ${maxElements} elements`);
  }
  return shape;
}
