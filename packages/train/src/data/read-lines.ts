import { nameOfSource, piecesOf, type TextSource } from "./text-source.ts";

/**
 * Reads text line by line.
 *
 * @remarks
 * Lines end with `\n` or `\r\n`, which are not part of them. The file is read as the lines are asked for.
 *
 * @throws TypeError if `source` is neither a path nor pieces of text.
 * @throws RangeError if the file is damaged or not UTF-8.
 *
 * @example
 * ```ts
 * import { readLines } from "@rnn/train/data";
 *
 * const lines: string[] = [];
 * for await (const line of readLines(["one\ntw", "o\r\n", "three"])) lines.push(line);
 * lines; // => ["one", "two", "three"]
 * ```
 *
 * @public
 */
export async function* readLines(source: TextSource): AsyncGenerator<string, void, undefined> {
  yield* linesOf("readLines", source);
}

/**
 * Reads JSON Lines: one value per line, blank lines passed over.
 *
 * @throws TypeError if `source` is neither a path nor pieces of text.
 * @throws RangeError naming the line that is not JSON, or if the file is damaged or not UTF-8.
 *
 * @example
 * ```ts
 * import { readJSONLines } from "@rnn/train/data";
 *
 * const labels: unknown[] = [];
 * for await (const value of readJSONLines(['{"text":"fine","label":1}\n', '{"text":"bad","label":0}'])) {
 *   labels.push((value as { label: number }).label);
 * }
 * labels; // => [1, 0]
 * ```
 *
 * @public
 */
export async function* readJSONLines(source: TextSource): AsyncGenerator<unknown, void, undefined> {
  let number = 0;
  for await (const line of linesOf("readJSONLines", source)) {
    number++;
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      const what = `line ${number} is not JSON: ${(error as Error).message}`;
      throw new RangeError(`readJSONLines: ${nameOfSource(source)}${what}`);
    }
    yield value;
  }
}

async function* linesOf(where: string, source: TextSource): AsyncGenerator<string, void, undefined> {
  const begun: string[] = []; // pieces of a line that is not complete
  for await (const piece of piecesOf(where, source)) {
    const [first = "", ...others] = piece.split("\n");
    begun.push(first);
    for (const next of others) {
      yield withoutReturn(begun.join(""));
      begun.splice(0, begun.length, next);
    }
  }
  const last = begun.join("");
  if (last !== "") yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
