import { fileURLToPath } from "node:url";
import { csvParseRows, tsvParseRows } from "d3-dsv";
import { checkQuotes } from "../../../data/quotes.ts";
import { readText } from "../../../data/read-text.ts";
import { InputError } from "../../../errors.ts";
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
 * Reads a series from CSV text, or TSV if its first line has a tab.
 *
 * @throws {@link InputError} if a column is missing, a row has no date or something that is no number, or the steps differ.
 */
export function parseSeries(content: string, columns: SeriesColumns, source: string): TimeSeries {
  const isTSV = (content.split("\n", 1)[0] ?? "").includes("\t");
  checkQuotes(content, isTSV ? "\t" : ",", source);
  const [first, ...lines] = (isTSV ? tsvParseRows(content) : csvParseRows(content))
    .map((fields, i) => ({ row: i + 1, fields }))
    .filter(({ fields }) => !(fields.length === 1 && fields[0]?.trim() === ""));
  const header = (first?.fields ?? []).map((name) => name.trim());
  checkDelimiter(header, source);
  const find = (name: string, option: string): number => columnIndex(header, name, option, source);
  const dateAt = columnNames(columns.date).map((name) => find(name, "date"));
  const valuesAt = [find(columns.target, "target"), ...columns.inputs.map((name) => find(name, "inputs"))];
  // a header may be too short for its rows, as that of the CO2 file is, but all rows must be alike
  const width = Math.max(header.length, lines[0]?.fields.length ?? 0);
  const rows = lines.map(({ row, fields }) => {
    const where = `${source}: row ${row}`;
    if (fields.length !== width) {
      const other = width === header.length ? "the header" : `row ${lines[0]?.row}`;
      throw new InputError(
        `${where} has ${fields.length} field${fields.length === 1 ? "" : "s"}, but ${other} has ${width}`,
      );
    }
    const date = dateAt.map((at) => fields[at]!);
    return {
      row,
      date,
      time: readDate(date, where),
      values: valuesAt.map((at) => readNumber(fields[at]!, header[at]!, where)),
    };
  });
  return regularSeries(rows, source);
}

/** The names between commas. */
export function columnNames(date: string): string[] {
  return date.split(",").map((name) => name.trim());
}

/** Other delimiters than commas and tabs make one column of all. */
function checkDelimiter(header: readonly string[], source: string): void {
  const [only = ""] = header;
  const found = header.length === 1 && [";", "|"].find((delimiter) => only.includes(delimiter));
  if (!found) return;
  throw new InputError(
    `${source}: looks separated by "${found}"; save it with commas or tabs between fields, and points in numbers`,
  );
}

function columnIndex(header: readonly string[], name: string, option: string, source: string): number {
  const index = header.indexOf(name);
  if (index >= 0) {
    if (index === header.lastIndexOf(name)) return index;
    throw new InputError(`${source}: has several columns "${name}"; give each a name of its own`);
  }
  const shown = header.slice(0, 12).map((column) => `"${column}"`);
  if (header.length > 12) shown.push(`and ${header.length - 12} more`);
  throw new InputError(
    `${source}: no column "${name}"; it has ${shown.join(", ")}; choose one with --${option} COLUMN`,
  );
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
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const advice = /^[+-]?\d[\d.,' ]*$/.test(text)
    ? "write it with a decimal point and nothing between thousands, like 1234.5"
    : "leave missing values empty";
  throw new InputError(`${where}: "${text}" in column "${column}" is no number; ${advice}`);
}
