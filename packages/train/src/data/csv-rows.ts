/**
 * A row of a table as it stands in the text.
 *
 * @public
 */
export interface CSVRow {
  /** Its fields, without the quotes around them. */
  readonly fields: readonly string[];
  /** Its number as a spreadsheet counts: the first row is 1, blank ones count too. */
  readonly row: number;
  /** The line where it begins, as an editor counts: a field in quotes may have several. */
  readonly line: number;
}

/** What the next character means depends on what was before it. */
type State = "field begins" | "plain" | "quoted" | "quote in quoted" | "after return";

/**
 * The rows of delimited text, as they are complete; blank lines are passed over.
 *
 * @param fail - Throws the error for a row that cannot be read.
 */
export async function* rowsOf(
  pieces: AsyncIterable<string>,
  delimiter: string,
  fail: (place: string, what: string) => never,
): AsyncGenerator<CSVRow, void, undefined> {
  let state: State = "field begins";
  let fields: string[] = [];
  let field = "";
  let isBlank = true;
  let row = 1;
  let line = 1;
  let linesInside = 0; // line ends within the quotes of this row
  const isEnd = (character: string) => character === delimiter || character === "\n" || character === "\r";
  const endField = (wasQuoted: boolean) => {
    if (wasQuoted) linesInside += field.match(/\r\n?|\n/g)?.length ?? 0;
    isBlank &&= fields.length === 0 && !wasQuoted && field.trim() === "";
    fields.push(field);
    field = "";
    state = "field begins";
  };
  const endRow = (): CSVRow | undefined => {
    const ended = isBlank ? undefined : { fields, row, line };
    fields = [];
    isBlank = true;
    row++;
    line += linesInside + 1;
    linesInside = 0;
    return ended;
  };
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const character = piece[at]!;
      if (state === "quoted") {
        const end = piece.indexOf('"', at);
        field += piece.slice(at, end < 0 ? piece.length : end);
        if (end >= 0) state = "quote in quoted";
        at = end < 0 ? piece.length : end + 1;
        continue;
      }
      if (isEnd(character)) {
        at++;
        if (state === "after return" && character === "\n") {
          state = "field begins"; // the row has ended with \r
          continue;
        }
        endField(state === "quote in quoted");
        if (character === delimiter) continue;
        if (character === "\r") state = "after return";
        const ended = endRow();
        if (ended !== undefined) yield ended;
      } else if (character === '"' && state !== "plain") {
        at++;
        if (state === "quote in quoted") field += character;
        state = "quoted";
      } else {
        if (state === "quote in quoted") {
          fail(
            placeOf(row, line),
            "text after a closing quote; write each quote inside a quoted field twice",
          );
        }
        const start = at++;
        while (at < piece.length && !isEnd(piece[at]!)) at++;
        field += piece.slice(start, at);
        state = "plain";
      }
    }
  }
  if (state === "quoted") {
    fail(
      placeOf(row, line),
      "quote not closed; end the field with a quote, and write each quote inside it twice",
    );
  }
  if (field === "" && fields.length === 0 && state !== "quote in quoted") return;
  endField(state === "quote in quoted");
  const last = endRow();
  if (last !== undefined) yield last;
}

/** How messages call a row: a spreadsheet shows its number, an editor its line. */
export function placeOf(row: number, line: number): string {
  return row === line ? `row ${row}` : `row ${row} (line ${line})`;
}
