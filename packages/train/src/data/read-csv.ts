import { checkList, checkOptions, type OptionNames, wrongKind } from "../check.ts";
import { type CSVRow, placeOf, rowsOf } from "./csv-rows.ts";
import { nameOfSource, piecesOf, type TextSource } from "./text-source.ts";

/**
 * How a table is written.
 *
 * @public
 */
export interface CSVRowsOptions {
  /** The character between fields: `","`, `"\t"`, `";"`. Default `","`. */
  delimiter?: string | undefined;
}

/**
 * How a table is written, and what its columns are called.
 *
 * @public
 */
export interface CSVOptions extends CSVRowsOptions {
  /** The names of the columns, if the table has no row of names: then its first row is a record. */
  columns?: readonly string[] | undefined;
}

const ROWS_OPTIONS: OptionNames<CSVRowsOptions> = { delimiter: true };
const OPTIONS: OptionNames<CSVOptions> = { ...ROWS_OPTIONS, columns: true };

/**
 * Reads a table of delimited values record by record: its first row has the names, unless they are given.
 *
 * @remarks
 * As RFC 4180: a field in quotes may contain delimiters, line ends and doubled quotes. A file may be gzip; a byte order mark and
 * blank lines are passed over. The file is read as the records are asked for.
 *
 * @param source - a path, or pieces of text
 * @param options - the delimiter; names of columns
 * @throws TypeError if `source` is neither a path nor pieces of text, or for an unknown option.
 * @throws RangeError naming the row with another number of fields than the names, a name that occurs twice, a quote that is not
 * closed or has text after it, or a file that is damaged or not UTF-8.
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
  options: CSVOptions = {},
): AsyncGenerator<Record<string, string>, void, undefined> {
  const where = "readCSV";
  checkOptions(where, options, OPTIONS);
  const { columns } = options;
  if (columns !== undefined) checkList(where, "columns", columns, "names");
  const fail = failing(where, source);
  let names = columns === undefined ? undefined : checkNames(columns, fail);
  for await (const { fields, row, line } of rowsOf(
    piecesOf(where, source),
    delimiterOf(where, options),
    (place, what) => fail(`${place}: ${what}`),
  )) {
    if (names === undefined) {
      names = checkNames(
        fields.map((name) => name.trim()),
        fail,
      );
      continue;
    }
    if (fields.length !== names.length) {
      const expected =
        columns === undefined ? `the header has ${names.length}` : `there are ${names.length} columns`;
      fail(
        `${placeOf(row, line)} has ${fields.length} field${fields.length === 1 ? "" : "s"}, but ${expected}; ` +
          "put quotes around fields that contain the delimiter",
      );
    }
    yield Object.fromEntries(names.map((name, k) => [name, fields[k] as string]));
  }
}

/**
 * Reads a table of delimited values row by row, whatever is in the first: for tables without a row of names, with names that occur
 * twice, or with rows of different lengths, which {@link readCSV} refuses.
 *
 * @remarks
 * Quotes, blank lines and files as {@link readCSV}.
 *
 * @param source - a path, or pieces of text
 * @param options - the delimiter
 * @throws TypeError if `source` is neither a path nor pieces of text, or for an unknown option.
 * @throws RangeError naming the row with a quote that is not closed or has text after it, or a file that is damaged or not UTF-8.
 *
 * @example
 * ```ts
 * import { readCSVRows } from "@rnn/train/data";
 *
 * const rows: object[] = [];
 * for await (const row of readCSVRows(["3;good\n\n1;", "bad\n"], { delimiter: ";" })) rows.push(row);
 * rows; // => [{ fields: ["3", "good"], row: 1, line: 1 }, { fields: ["1", "bad"], row: 3, line: 3 }]
 * ```
 *
 * @public
 */
export async function* readCSVRows(
  source: TextSource,
  options: CSVRowsOptions = {},
): AsyncGenerator<CSVRow, void, undefined> {
  const where = "readCSVRows";
  checkOptions(where, options, ROWS_OPTIONS);
  const delimiter = delimiterOf(where, options);
  const fail = failing(where, source);
  yield* rowsOf(piecesOf(where, source), delimiter, (place, what) => fail(`${place}: ${what}`));
}

function delimiterOf(where: string, { delimiter = "," }: CSVRowsOptions): string {
  if (typeof delimiter === "string" && delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw wrongKind(where, "delimiter", "one character that is no quote or line end", delimiter);
}

function checkNames(names: readonly string[], fail: (what: string) => never): readonly string[] {
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) fail(`two columns are called ${JSON.stringify(twice)}; give each its own name`);
  return names;
}

function failing(where: string, source: TextSource): (what: string) => never {
  return (what) => {
    throw new RangeError(`${where}: ${nameOfSource(source)}${what}`);
  };
}
