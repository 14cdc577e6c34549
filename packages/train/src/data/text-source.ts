import { builtinModule } from "../builtin-module.ts";
import { wrongKind } from "../check.ts";

/**
 * Text to read: the path of a file (UTF-8; in Node, Bun and Deno), or its pieces from anywhere, such as a stream in a browser.
 *
 * @public
 */
export type TextSource = string | Iterable<string> | AsyncIterable<string>;

/** What is used of Node's `fs`. */
interface Files {
  createReadStream(path: string, options: { encoding: "utf8" }): AsyncIterable<string>;
}

/** The pieces of a source, without a byte order mark at the beginning. */
export async function* piecesOf(where: string, source: TextSource): AsyncGenerator<string, void, undefined> {
  let isFirst = true;
  for await (const piece of open(where, source)) {
    yield isFirst && piece.startsWith("\ufeff") ? piece.slice(1) : piece;
    isFirst &&= piece === "";
  }
}

function open(where: string, source: TextSource): Iterable<string> | AsyncIterable<string> {
  if (typeof source === "string") {
    const files = builtinModule<Files>(where, "node:fs", "pass the text in pieces");
    return files.createReadStream(source, { encoding: "utf8" });
  }
  const isIterable = Symbol.asyncIterator in Object(source) || Symbol.iterator in Object(source);
  if (!isIterable) throw wrongKind(where, "source", "a path or pieces of text", source);
  return source;
}

/** How error messages call a source. */
export function nameOfSource(source: TextSource): string {
  return typeof source === "string" ? `${source}: ` : "";
}
