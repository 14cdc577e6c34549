import { InputError } from "../errors.ts";
import { counted } from "../terminal/format.ts";
import type { Columns } from "./columns.ts";
import { ExampleList, type Examples } from "./example.ts";
import { columnIndex, placeOf, readTable } from "./table.ts";

/**
 * Reads examples from CSV text with a row of names.
 *
 * @param delimiter - As {@link readTable}.
 * @throws {@link InputError} as {@link readTable}, and if a named column is missing or there twice, or a row has another number
 * of fields than the header.
 */
export async function parseDelimited(
  content: string,
  columns: Columns,
  source: string,
  delimiter?: string,
): Promise<Examples> {
  const table = await readTable(content, source, delimiter);
  const { header, rows } = table;
  const textAt = columnIndex(table, columns.text, "text");
  const labelAt = columnIndex(table, columns.label, "label");
  const groupAt = columns.group === undefined ? -1 : columnIndex(table, columns.group, "group");
  const list = new ExampleList();
  for (const row of rows) {
    const { fields } = row;
    if (fields.length !== header.length) {
      throw new InputError(
        `${placeOf(table, row)} has ${counted(fields.length, "field")}, but the header has ${header.length}; ` +
          "put quotes around fields that contain the delimiter",
      );
    }
    list.add(fields[textAt]!, fields[labelAt]!, fields[groupAt]);
  }
  return list.finish();
}
