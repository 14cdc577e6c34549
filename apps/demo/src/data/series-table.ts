import { csvParseRows, tsvParseRows } from "d3-dsv";
import { InputError } from "../errors.ts";
import { checkQuotes } from "./quotes.ts";

/** A file of measurements: a row per step, a column per variable. */
export interface SeriesTable {
  /** Its name, for messages. */
  readonly source: string;
  /** Names of the columns: of the header, or their numbers from 1 if the file has none. */
  readonly names: readonly string[];
  /** The cells of each row, without white space around them. */
  readonly rows: readonly (readonly string[])[];
  /** Row of the file in which the first step is. */
  readonly firstRow: number;
}

/**
 * Reads CSV, or TSV if the first line has a tab. A first line of nothing but numbers is data, not a header; lines that
 * begin with # are comments.
 *
 * @throws {@link InputError} if there are no rows, names repeat, or a row has another number of cells than the first.
 */
export function parseSeriesTable(content: string, source: string): SeriesTable {
  const comments = /^(?:#.*(?:\r?\n|$))*/.exec(content)![0];
  const body = content.slice(comments.length);
  const isTsv = body.slice(0, body.indexOf("\n")).includes("\t");
  checkQuotes(body, isTsv ? "\t" : ",", source);
  const parsed = isTsv ? tsvParseRows(body) : csvParseRows(body);
  const rows = parsed.map((row) => row.map((cell) => cell.trim()));
  while (rows.length > 0 && isBlank(rows.at(-1)!)) rows.pop();
  const [first] = rows;
  if (first === undefined) throw new InputError(`${source}: has no rows; expected a row per step`);
  const hasHeader = first.some((cell) => Number.isNaN(numberIn(cell)) && cell !== "");
  const names = hasHeader ? first : first.map((_, column) => String(column + 1));
  checkNames(names, source);
  const steps = hasHeader ? rows.slice(1) : rows;
  const firstRow = comments.split("\n").length + (hasHeader ? 1 : 0);
  steps.forEach((row, step) => {
    if (row.length === names.length) return;
    throw new InputError(
      `${source}: row ${firstRow + step} has ${row.length} cell${row.length === 1 ? "" : "s"}, but the first has ${names.length}`,
    );
  });
  if (steps.length === 0)
    throw new InputError(`${source}: has a header but no rows; expected a row per step`);
  return { source, names, rows: steps, firstRow };
}

/**
 * The numbers of a column; an empty cell, "NA" or "NaN" is NaN.
 *
 * @param option - The option that chooses the column, for the message.
 * @throws {@link InputError} if there is no such column, or a cell is no number.
 */
export function numbersOf(table: SeriesTable, name: string, option?: string): Float64Array {
  const column = columnOf(table, name, option);
  return Float64Array.from(table.rows, (row, step) => {
    const cell = row[column]!;
    const value = numberIn(cell);
    if (!Number.isNaN(value) || /^(|na|nan)$/i.test(cell)) return value;
    throw new InputError(
      `${table.source}: row ${table.firstRow + step}: "${name}" is "${cell}", expected a number`,
    );
  });
}

/**
 * The cells of a column.
 *
 * @throws {@link InputError} if there is no such column.
 */
export function cellsOf(table: SeriesTable, name: string, option?: string): string[] {
  const column = columnOf(table, name, option);
  return table.rows.map((row) => row[column]!);
}

function columnOf({ source, names }: SeriesTable, name: string, option: string | undefined): number {
  const column = names.indexOf(name);
  if (column >= 0) return column;
  const shown = names.slice(0, 12).map((each) => `"${each}"`);
  if (names.length > 12) shown.push(`and ${names.length - 12} more`);
  const advice = option === undefined ? "" : `; choose one with --${option} COLUMN`;
  throw new InputError(`${source}: no column "${name}"; it has ${shown.join(", ")}${advice}`);
}

function checkNames(names: readonly string[], source: string): void {
  const twice = names.find((name, column) => names.indexOf(name) < column);
  if (twice === undefined) return;
  throw new InputError(`${source}: two columns are called "${twice}"; give each its own name`);
}

/** A finite number as people and programs write it; anything else is NaN. */
function numberIn(cell: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell === "");
}
