/** Which columns (or JSON fields) to read. */
export interface Columns {
  readonly text: string;
  readonly label: string;
  /** What texts have in common that belong together. */
  readonly group?: string | undefined;
}

/** The options that name columns. */
export type ColumnOption = keyof Columns;

/** The message for a column or field that is not there, with those that are. */
export function missingColumn(
  source: string,
  option: ColumnOption,
  name: string,
  present: readonly string[],
): string {
  const shown = present.slice(0, 12).map((column) => `"${column}"`);
  if (present.length > 12) shown.push(`and ${present.length - 12} more`);
  return `${source}: no column "${name}"; it has ${shown.join(", ")}; choose one with --${option} COLUMN`;
}

/** The message for a column name that several columns have. */
export function repeatedColumn(source: string, option: ColumnOption, name: string, times: number): string {
  return `${source}: ${times} columns are called "${name}"; give each its own name, or choose another with --${option} COLUMN`;
}
