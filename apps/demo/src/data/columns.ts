/** Which columns (or JSON fields) to read. */
export interface Columns {
  readonly text: string;
  readonly label: string;
  /** What texts have in common that belong together. */
  readonly group?: string | undefined;
}
