/** Counts how often columns occur in one row after the other; between rows all counts are 0. */
export class RowCounter {
  #counts: Int32Array = new Int32Array(1024);
  #columns: number[] = [];

  add(column: number): void {
    if (column >= this.#counts.length) this.#grow(column + 1);
    if (this.#counts[column] === 0) this.#columns.push(column);
    this.#counts[column]! += 1;
  }

  /** Hands over the columns of the row, ascending, with their counts, and begins the next row. */
  endRow(take: (column: number, count: number) => void): void {
    for (const column of Int32Array.from(this.#columns).sort()) {
      take(column, this.#counts[column]!);
      this.#counts[column] = 0;
    }
    this.#columns = [];
  }

  #grow(size: number): void {
    const counts = new Int32Array(Math.max(size, 2 * this.#counts.length));
    counts.set(this.#counts);
    this.#counts = counts;
  }
}
