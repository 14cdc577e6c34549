import { checkOptions, wrongKind } from "../check.ts";
import { nameOfSource, piecesOf, type TextSource } from "./text-source.ts";

/**
 * Reads a table of delimited values with a row of names, record by record.
 *
 * @remarks
 * As RFC 4180: a field in quotes may contain delimiters, line ends and doubled quotes. Blank lines are passed over. The file is read
 * as the records are asked for.
 *
 * @param source - a path, or pieces of text
 * @param options - `delimiter`: one character. Default `","`
 * @throws TypeError if `source` is neither a path nor pieces of text, or for an unknown option.
 * @throws RangeError naming the row with another number of fields than the names, a name that occurs twice, or a quote that is
 * not closed.
 *
 * @example
 * ```ts
 * import { readCSV } from "@rnn/train/data";
 *
 * const records: object[] = [];
 * for await (const record of readCSV(['text,label\n"good, ', 'really",1\n'])) records.push(record);
 * records; // => [{ text: "good, really", label: "1" }]
 * ```
 *
 * @public
 */
export async function* readCSV(
  source: TextSource,
  options: { delimiter?: string | undefined } = {},
): AsyncGenerator<Record<string, string>, void, undefined> {
  const where = "readCSV";
  checkOptions(where, options, { delimiter: true });
  const { delimiter = "," } = options;
  if (typeof delimiter !== "string" || delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw wrongKind(where, "delimiter", "one character that is no quote or line end", delimiter);
  }
  const fail = (what: string): never => {
    throw new RangeError(`${where}: ${nameOfSource(source)}${what}`);
  };
  let names: string[] | undefined;
  let number = 0;
  for await (const row of rowsOf(piecesOf(where, source), delimiter, fail)) {
    number++;
    if (row.length === 1 && row[0]?.trim() === "") continue;
    if (names === undefined) {
      names = row.map((name) => name.trim());
      const twice = names.find((name, k) => names?.indexOf(name) !== k);
      if (twice !== undefined) fail(`two columns are called ${JSON.stringify(twice)}`);
      continue;
    }
    if (row.length !== names.length) {
      fail(`row ${number} has ${row.length} fields, but there are ${names.length} names`);
    }
    yield Object.fromEntries(names.map((name, k) => [name, row[k] as string]));
  }
}

/** What a character means depends on what was before it. */
type State = "field begins" | "plain" | "quoted" | "quote in quoted" | "after return";

async function* rowsOf(
  pieces: AsyncIterable<string>,
  delimiter: string,
  fail: (what: string) => never,
): AsyncGenerator<string[], void, undefined> {
  let state: State = "field begins";
  let row: string[] = [];
  let field = "";
  let number = 1;
  const endField = () => {
    row.push(field);
    field = "";
    state = "field begins";
  };
  for await (const piece of pieces) {
    for (const character of piece) {
      if (state === "quoted") {
        if (character === '"') state = "quote in quoted";
        else field += character;
      } else if (state === "quote in quoted" && character === '"') {
        field += character;
        state = "quoted";
      } else if (state === "after return" && character === "\n") {
        state = "field begins"; // the row has ended with \r
      } else if (character === delimiter) {
        endField();
      } else if (character === "\n" || character === "\r") {
        endField();
        yield row;
        row = [];
        number++;
        if (character === "\r") state = "after return";
      } else if (character === '"' && (state === "field begins" || state === "after return")) {
        state = "quoted";
      } else {
        field += character;
        state = "plain";
      }
    }
  }
  if (state === "quoted") fail(`row ${number} has a quote that is not closed`);
  if (field !== "" || row.length > 0 || state === "quote in quoted") {
    endField();
    yield row;
  }
}
