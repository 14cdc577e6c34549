/** A table of text: columns as wide as their widest cell, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const right = head.map((_, column) => rows.every((row) => /^[-+.\d%]*$/.test(String(row[column] ?? ""))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, k) => (right[k] ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!)))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [line(head), rule, ...cells.slice(1).map(line)].join("\n");
}

/** 0.8312 as `83.1%`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
