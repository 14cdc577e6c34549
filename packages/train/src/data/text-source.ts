import { wrongKind } from "../check.ts";
import { fileText } from "./file-text.ts";

/**
 * Text to read: the path of a file (UTF-8, also packed with gzip; in Node, Bun and Deno), or its pieces from anywhere, such as a
 * stream in a browser.
 *
 * @public
 */
export type TextSource = string | Iterable<string> | AsyncIterable<string>;

/** The pieces of a source, without a byte order mark at the beginning. */
export async function* piecesOf(where: string, source: TextSource): AsyncGenerator<string, void, undefined> {
  let isFirst = true;
  for await (const piece of open(where, source)) {
    yield isFirst && piece.startsWith("\ufeff") ? piece.slice(1) : piece;
    isFirst &&= piece === "";
  }
}

function open(where: string, source: TextSource): Iterable<string> | AsyncIterable<string> {
  if (typeof source === "string") return fileText(where, source);
  const isIterable = Symbol.asyncIterator in Object(source) || Symbol.iterator in Object(source);
  if (!isIterable) throw wrongKind(where, "source", "a path or pieces of text", source);
  return source;
}

/** How error messages call a source. */
export function nameOfSource(source: TextSource): string {
  return typeof source === "string" ? `${source}: ` : "";
}
