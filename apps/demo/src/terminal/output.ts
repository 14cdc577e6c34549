/** Where text goes: a process stream, or a recorder in tests. */
export interface Output {
  write(text: string): unknown;
  /** True for a terminal, where a line can be drawn over. */
  readonly isTTY?: boolean | undefined;
  /** Characters per line of the terminal. */
  readonly columns?: number | undefined;
  /** True once nothing more can be written, for example because the reader of a pipe has gone. */
  readonly closed?: boolean | undefined;
  /** Waits until all that was written has left, or cannot leave any more. */
  flush?(): Promise<void>;
}

/** Columns to fill: the terminal's, within reason; 80 when it is a file or a pipe. */
export function widthOf(output: Output): number {
  return Math.max(40, Math.min(output.columns ?? 80, 120));
}
