import { fileURLToPath } from "node:url";
import { readText } from "../../../data/read-text.ts";
import { columnIndex, placeOf, readTable } from "../../../data/table.ts";
import { InputError } from "../../../errors.ts";
import { counted } from "../../../terminal/format.ts";
import { dateOf, parseDate } from "./parse-date.ts";
import { regularSeries, type TimeSeries } from "./series.ts";

/** Which columns to read. */
export interface SeriesColumns {
  /** The column of the date, or several of its parts between commas: year,month,day,hour. */
  readonly date: string;
  readonly target: string;
  /** Other columns that the forecaster looks at. */
  readonly inputs: readonly string[];
}

/** Numbers as they are read: with a decimal point, maybe an exponent. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Largest number that is read: sums of squares must stay finite. */
const LARGEST = 1e100;

/** What stands for a missing value. */
const MISSING = new Set(["", "na", "nan", "n/a", "null", "none", "?"]);

/** The file that comes with the demo, and its columns. */
export const SHIPPED: { readonly file: string; readonly columns: SeriesColumns } = {
  file: fileURLToPath(new URL("../../../../data/time-series/co2-mauna-loa-monthly.csv", import.meta.url)),
  columns: { date: "Date", target: "Average", inputs: [] },
};

/**
 * Reads a series from a `.csv` or `.tsv` file, also with `.gz`.
 *
 * @throws {@link InputError} if the file cannot be used; the message says why.
 */
export async function loadSeries(path: string, columns: SeriesColumns): Promise<TimeSeries> {
  return parseSeries(await readText(path), columns, path);
}

/**
 * Reads a series from CSV text with a row of names; between fields are tabs, commas, semicolons or bars.
 *
 * @param namedBy - Who chose the columns, for messages.
 * @throws {@link InputError} if a column is missing, a row has no date or something that is no number, or the steps differ.
 */
export async function parseSeries(
  content: string,
  columns: SeriesColumns,
  source: string,
  namedBy: "options" | "model" = "options",
): Promise<TimeSeries> {
  const table = await readTable(content, source);
  const { header, rows } = table;
  const columnOf = (name: string, option: string) =>
    columnIndex(table, name, namedBy === "options" ? option : undefined);
  const dateAt = columnNames(columns.date).map((name) => columnOf(name, "date"));
  const valuesAt = [
    columnOf(columns.target, "target"),
    ...columns.inputs.map((name) => columnOf(name, "inputs")),
  ];
  // a header may be too short for its rows, as that of the CO2 file is, but all rows must be alike
  const width = Math.max(header.length, rows[0]?.fields.length ?? 0);
  const timed = rows.map((row) => {
    const { fields } = row;
    const where = placeOf(table, row);
    if (fields.length !== width) {
      const other = width === header.length ? "the header" : `row ${rows[0]?.row}`;
      throw new InputError(`${where} has ${counted(fields.length, "field")}, but ${other} has ${width}`);
    }
    const date = dateAt.map((at) => fields[at]!);
    return {
      row: row.row,
      date,
      time: readDate(date, where),
      values: valuesAt.map((at) => readNumber(fields[at]!, header[at]!, where)),
    };
  });
  return regularSeries(timed, source);
}

/** The names between commas. */
export function columnNames(date: string): string[] {
  return date.split(",").map((name) => name.trim());
}

function readDate(fields: readonly string[], where: string): number {
  const time = fields.length === 1 ? parseDate(fields[0]!) : dateOf(fields.map(Number));
  if (!Number.isNaN(time)) return time;
  throw new InputError(
    `${where}: "${fields.join(",")}" is no date; expected one like 2024-05, 2024-05-31 or 2024-05-31 23:00`,
  );
}

function readNumber(field: string, column: string, where: string): number {
  const text = field.trim();
  if (MISSING.has(text.toLowerCase())) return Number.NaN;
  if (NUMBER.test(text)) {
    const value = Number(text);
    if (Math.abs(value) <= LARGEST) return value;
    throw new InputError(
      `${where}: "${text}" in column "${column}" is too large to reckon with; write the column in a larger unit`,
    );
  }
  const advice = /^[+-]?\d[\d.,' ]*$/.test(text)
    ? "write it with a decimal point and nothing between thousands, like 1234.5"
    : "leave missing values empty";
  throw new InputError(`${where}: "${text}" in column "${column}" is no number; ${advice}`);
}
