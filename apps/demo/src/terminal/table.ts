import { type Paint, plain } from "./colour.ts";

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand to the right; default left. */
  readonly align?: "left" | "right";
}

/** Rows under their titles, two spaces apart; cells may be painted afterwards by whole columns only. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint = plain,
): string[] {
  const widths = columns.map(({ title }, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (columns[c]!.align === "right" ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join("  ")
      .trimEnd();
  return [paint("dim", line(columns.map(({ title }) => title))), ...rows.map(line)];
}
