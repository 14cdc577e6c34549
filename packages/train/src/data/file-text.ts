import { builtinModule } from "../builtin-module.ts";

/** What is used of Node's `fs`, `stream` and `zlib`. */
interface Files {
  createReadStream(path: string): AsyncIterable<Uint8Array>;
}
interface Streams {
  pipeline(source: AsyncIterable<Uint8Array>, transform: object, done: () => void): AsyncIterable<Uint8Array>;
}
interface Zlib {
  createGunzip(): object;
}
/** What is used of the `TextDecoder` that every host has. */
interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}
interface Host {
  readonly TextDecoder: new (encoding: string, options: { fatal: boolean; ignoreBOM: boolean }) => Decoder;
}

/**
 * The text of a UTF-8 file in pieces, unpacked if it is gzip, known by its first two bytes, whatever the name.
 *
 * @throws RangeError if it is damaged or not UTF-8.
 */
export async function* fileText(where: string, path: string): AsyncGenerator<string, void, undefined> {
  const files = builtinModule<Files>(where, "node:fs", "pass the text in pieces");
  yield* textOfBytes(where, path, files.createReadStream(path));
}

/**
 * The same of the bytes of a file.
 *
 * @throws RangeError if they are damaged or not UTF-8.
 */
export async function* textOfBytes(
  where: string,
  path: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const { TextDecoder } = globalThis as unknown as Host;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new RangeError(`${where}: ${path}: not UTF-8 text; save it as UTF-8`);
    }
  };
  for await (const bytes of unpacked(where, path, chunks)) yield decode(bytes);
  yield decode();
}

async function* unpacked(
  where: string,
  path: string,
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = packed[Symbol.asyncIterator]();
  const first = await chunks.next();
  const all = (async function* () {
    try {
      if (first.done !== true) yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    } finally {
      await chunks.return?.(); // closes the file, if nobody wants the rest
    }
  })();
  if (first.done === true || first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all;
    return;
  }
  const { pipeline } = builtinModule<Streams>(where, "node:stream", "unpack it first");
  const { createGunzip } = builtinModule<Zlib>(where, "node:zlib", "unpack it first");
  try {
    yield* pipeline(all, createGunzip(), () => {});
  } catch (error) {
    throw new RangeError(`${where}: ${path}: damaged gzip file (${(error as Error).message})`);
  }
}
