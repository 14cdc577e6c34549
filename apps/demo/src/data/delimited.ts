import { csvParseRows, tsvParseRows } from "d3-dsv";
import { InputError } from "../errors.ts";
import { counted } from "../terminal/format.ts";
import { type ColumnOption, type Columns, missingColumn, repeatedColumn } from "./columns.ts";
import { ExampleList, type Examples } from "./example.ts";
import { checkQuotes } from "./quotes.ts";

/**
 * Reads CSV or TSV text with a header row (RFC 4180 quoting: delimiters and line ends inside quotes belong to the field).
 *
 * @throws {@link InputError} if a named column is missing or there twice, a quote is not closed, or a row has another number of fields than
 * the header.
 */
export function parseDelimited(
  content: string,
  kind: "csv" | "tsv",
  columns: Columns,
  source: string,
): Examples {
  checkQuotes(content, kind === "csv" ? "," : "\t", source);
  const rows = kind === "csv" ? csvParseRows(content) : tsvParseRows(content);
  const first = rows.findIndex((row) => !isBlank(row));
  const header = (rows[first] ?? []).map((name) => name.trim());
  const textAt = columnIndex(header, "text", columns.text, source);
  const labelAt = columnIndex(header, "label", columns.label, source);
  const groupAt = columns.group === undefined ? -1 : columnIndex(header, "group", columns.group, source);
  const list = new ExampleList();
  rows.forEach((row, index) => {
    if (index <= first || isBlank(row)) return;
    if (row.length !== header.length) {
      throw new InputError(
        `${source}: row ${index + 1} has ${counted(row.length, "field")}, but the header has ${header.length}; ` +
          `put quotes around fields that contain the delimiter`,
      );
    }
    list.add(row[textAt] ?? "", row[labelAt] ?? "", row[groupAt]);
  });
  return list.finish();
}

/** A line with nothing on it. */
function isBlank(row: readonly string[]): boolean {
  return row.length === 1 && row[0]?.trim() === "";
}

function columnIndex(header: readonly string[], option: ColumnOption, name: string, source: string): number {
  const index = header.indexOf(name);
  if (index < 0) throw new InputError(missingColumn(source, option, name, header));
  const same = header.filter((other) => other === name).length;
  if (same > 1) throw new InputError(repeatedColumn(source, option, name, same));
  return index;
}
