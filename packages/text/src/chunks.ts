import { show } from "./show.ts";

/**
 * What {@link lines} and {@link jsonLines} read: a Node stream, a web stream such as `response.body` or
 * `file.stream()`, any other iterable of chunks, or a text.
 *
 * @public
 */
export type TextSource =
  | AsyncIterable<string | Uint8Array>
  | Iterable<string | Uint8Array>
  | WebStream<string | Uint8Array>;

/**
 * The part of the web's `ReadableStream` that is needed where streams are not async iterables yet.
 *
 * @public
 */
export interface WebStream<Chunk> {
  /** A reader that has the stream for itself. */
  getReader(): WebStreamReader<Chunk>;
}

/**
 * The part of the web's `ReadableStreamDefaultReader` that is needed.
 *
 * @public
 */
export interface WebStreamReader<Chunk> {
  /** The next chunk, or the end. */
  read(): Promise<{ readonly done: boolean; readonly value?: Chunk | undefined }>;
  /** Says that no more chunks are wanted. */
  cancel(): Promise<unknown>;
  /** Gives the stream back. */
  releaseLock(): void;
}

/** The chunks of a source in order. A text is its own only chunk. */
export function chunksOf(
  where: string,
  source: TextSource,
): AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array> {
  if (typeof source === "string") return [source];
  if (typeof source === "object" && source !== null) {
    if (Symbol.asyncIterator in source || Symbol.iterator in source) return source;
    if ("getReader" in source) return read(source);
  }
  throw new TypeError(`${where}: source must be a stream or another iterable of chunks, got ${show(source)}`);
}

/** Reads a stream to its end, or until no more is wanted. */
async function* read<Chunk>(stream: WebStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value as Chunk;
    }
  } finally {
    if (!isDone) await reader.cancel();
    reader.releaseLock();
  }
}
