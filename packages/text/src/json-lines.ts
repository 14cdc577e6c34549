import type { TextSource } from "./chunks.ts";
import { type LinesOptions, linesOf } from "./lines.ts";
import { show } from "./show.ts";

/**
 * The values of a file in JSON Lines format (`.jsonl`, `.ndjson`): one JSON value per line.
 *
 * @remarks
 * Lines of nothing but whitespace are passed over. Values come from a stranger and may be anything: look before you
 * use them. Sources and memory as {@link lines}: a string is the text itself, never the path of a file, which
 * `readJSONLines` of `@rnn/train/data` opens.
 *
 * @throws SyntaxError, when read, if a line is not JSON; its number counts from 1.
 *
 * @example
 * ```ts
 * import { jsonLines } from "@rnn/text";
 *
 * const file = '{"text": "A good film", "label": "pos"}\n{"text": "A bad film", "label": "neg"}\n';
 * const labels: unknown[] = [];
 * for await (const row of jsonLines([file])) labels.push((row as { label?: unknown }).label);
 * labels; // => ["pos", "neg"]
 * ```
 *
 * @public
 */
export async function* jsonLines(
  source: TextSource,
  options: LinesOptions = {},
): AsyncGenerator<unknown, void> {
  let number = 0;
  for await (const line of linesOf("jsonLines", source, options)) {
    number++;
    if (line.trim() !== "") yield parse(line, number);
  }
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new SyntaxError(`jsonLines: line ${number} is not JSON: ${show(line)}`, { cause });
  }
}
