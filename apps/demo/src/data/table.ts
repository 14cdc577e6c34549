import { type CSVRow, readCSVRows } from "@rnn/train/data";
import { InputError } from "../errors.ts";
import { namesOf } from "../terminal/lists.ts";

/** A table with a row of names. */
export interface Table {
  /** How messages call the file. */
  readonly source: string;
  readonly header: readonly string[];
  /** The rows after it that are not blank. */
  readonly rows: readonly CSVRow[];
}

/** Columns that a message names at the most. */
const MOST_NAMED = 12;

/** What may stand between fields, the likeliest first. */
const DELIMITERS = ["\t", ",", ";", "|"];

/**
 * Reads CSV text with a row of names (RFC 4180 quoting: delimiters and line ends inside quotes belong to the field).
 *
 * @param delimiter - What stands between fields; without it a tab, comma, semicolon or bar, whichever the names have.
 * @throws {@link InputError} naming the row with a quote that is not closed, or text after it.
 */
export async function readTable(content: string, source: string, delimiter?: string): Promise<Table> {
  const rows: CSVRow[] = [];
  try {
    const options = { delimiter: delimiter ?? likelyDelimiter(content) };
    for await (const row of readCSVRows([content], options)) rows.push(row);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(error.message.replace(/^readCSVRows/, () => source));
  }
  const header = rows.shift()?.fields.map((name) => name.trim()) ?? [];
  return { source, header, rows };
}

/** The delimiter that the row of names has most of. */
function likelyDelimiter(content: string): string {
  const [names = ""] = content.trimStart().split("\n", 1);
  const unquoted = names.replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => unquoted.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? "," : DELIMITERS[counts.indexOf(most)]!;
}

/**
 * Where a column is.
 *
 * @param option - The option that named it, for messages; without one a saved model did.
 * @throws {@link InputError} if it is missing, or there several times.
 */
export function columnIndex({ source, header }: Table, name: string, option?: string): number {
  const index = header.indexOf(name);
  if (index < 0) throw new InputError(missingColumn(source, option, name, header));
  const same = header.filter((other) => other === name).length;
  if (same === 1) return index;
  const instead =
    option === undefined
      ? "; the model was trained on one of that name"
      : `, or choose another with --${option} COLUMN`;
  throw new InputError(`${source}: ${same} columns are called "${name}"; give each its own name${instead}`);
}

/** The message for a column or JSON field that is not there, with those that are. */
export function missingColumn(
  source: string,
  option: string | undefined,
  name: string,
  present: readonly string[],
): string {
  const advice =
    option === undefined
      ? "the model was trained on a column of that name"
      : `choose one with --${option} COLUMN`;
  return `${source}: no column "${name}"; it has ${namesOf(present, MOST_NAMED)}; ${advice}`;
}

/** How messages call a row: spreadsheets show its number, editors its line. */
export function placeOf({ source }: Table, { row, line }: CSVRow): string {
  return `${source}: row ${row}${row === line ? "" : ` (line ${line})`}`;
}
