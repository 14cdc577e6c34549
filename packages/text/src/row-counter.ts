/** Counts how often columns occur in one row after the other; between rows all counts are 0. */
export class RowCounter {
  readonly #counts: number[] = [];
  #columns: number[] = [];

  add(column: number): void {
    const count = this.#counts[column] ?? 0;
    if (count === 0) this.#columns.push(column);
    this.#counts[column] = count + 1;
  }

  /** Hands over the columns of the row, ascending, with their counts, and begins the next row. */
  endRow(take: (column: number, count: number) => void): void {
    for (const column of this.#columns.sort((a, b) => a - b)) {
      take(column, this.#counts[column] as number);
      this.#counts[column] = 0;
    }
    this.#columns = [];
  }
}
