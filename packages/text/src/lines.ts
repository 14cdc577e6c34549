import { checkOptions } from "./check-options.ts";
import { ChunkDecoder } from "./chunk-decoder.ts";
import { chunksOf, type TextSource } from "./chunks.ts";

/**
 * Options of {@link lines} and {@link jsonLines}.
 *
 * @public
 */
export interface LinesOptions {
  /** The encoding of chunks of bytes, by a name that `TextDecoder` knows; `"utf-8"` by default. */
  readonly encoding?: string | undefined;
  /** Whether bytes that are not valid in the encoding are an error, the default, or read as U+FFFD. */
  readonly fatal?: boolean | undefined;
}

/**
 * The lines of a text that arrives in chunks: a file, a download, an upload.
 *
 * @remarks
 * A line ends at `"\n"` or `"\r\n"` and at nothing else: U+0085, U+2028 and a lone `"\r"` are characters like
 * others. Lines come without their end; after the last end there is no further, empty line. Characters may be split
 * between chunks of bytes. A byte order mark at the beginning is dropped. Only the current chunk and line are held
 * in memory, and leaving the loop early closes the source. A string is the text itself, never the path of a file: this
 * package opens none, `readLines` of `@rnn/train/data` does.
 *
 * @throws TypeError, when read, if the source is not one, a chunk is neither a string nor bytes, or bytes are not
 * valid and `fatal` is not `false`.
 *
 * @example
 * ```ts
 * import { basicEnglish, buildVocabFromIterator, lines } from "@rnn/text";
 *
 * // a File from the page here; createReadStream("reviews.txt") in Node, (await fetch(url)).body anywhere
 * const file = new Blob(["A good film\n", "A bad", " film\n"]);
 *
 * async function* tokenLists() {
 *   for await (const line of lines(file.stream())) yield basicEnglish(line);
 * }
 * const vocab = await buildVocabFromIterator(tokenLists());
 * vocab.getItos(); // => ["a", "film", "bad", "good"]
 * ```
 *
 * @public
 */
export function lines(source: TextSource, options: LinesOptions = {}): AsyncGenerator<string, void> {
  return linesOf("lines", source, options);
}

/** The same for functions of other names, which their errors begin with. */
export async function* linesOf(
  where: string,
  source: TextSource,
  options: LinesOptions,
): AsyncGenerator<string, void> {
  checkOptions(where, options, { encoding: "any", fatal: "boolean" });
  const { encoding = "utf-8", fatal = true } = options;
  const decoder = new ChunkDecoder(where, encoding, fatal);
  let pending = "";
  let count = 0;
  for await (const chunk of chunksOf(where, source)) {
    const text = decoder.decode(chunk, count);
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      const line = pending + text.slice(start, end);
      yield line.endsWith("\r") ? line.slice(0, -1) : line;
      count++;
      pending = "";
      start = end + 1;
    }
    pending += text.slice(start);
  }
  pending += decoder.end(count);
  if (pending !== "") yield pending;
}
