import { InputError } from "../errors.ts";

/**
 * Checks the quoting of CSV or TSV text: a field that begins with a quote ends with one, before a delimiter or a line
 * end. Without this check one forgotten quote would swallow the rest of the file.
 *
 * @throws {@link InputError} naming the row (the header is row 1) where the field begins.
 */
export function checkQuotes(content: string, delimiter: string, source: string): void {
  let row = 1;
  let at = 0; // always the start of a field
  while (at < content.length) {
    if (content[at] === '"') {
      at = closingQuote(content, at) + 1;
      if (at === 0) {
        throw new InputError(
          `${source}: row ${row}: quote not closed; end the field with a quote, and write each quote inside it twice`,
        );
      }
      if (at < content.length && !endsField(content[at], delimiter)) {
        throw new InputError(
          `${source}: row ${row}: text after a closing quote; write each quote inside a quoted field twice`,
        );
      }
    } else {
      while (at < content.length && !endsField(content[at], delimiter)) at++;
    }
    if (content[at] !== delimiter) row++;
    at += content[at] === "\r" && content[at + 1] === "\n" ? 2 : 1;
  }
}

/** Position of the quote that closes the one at `start`, or -1; two quotes in a row stand for one in the text. */
function closingQuote(content: string, start: number): number {
  let at = content.indexOf('"', start + 1);
  while (at >= 0 && content[at + 1] === '"') at = content.indexOf('"', at + 2);
  return at;
}

function endsField(character: string | undefined, delimiter: string): boolean {
  return character === delimiter || character === "\n" || character === "\r";
}
