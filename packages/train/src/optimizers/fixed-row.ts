import type { Parameter } from "@rnn/nn";
import type { FloatArray } from "../float-data.ts";

/** The row of a table that an update may not change: its padding row. */
export class FixedRow {
  readonly #values: FloatArray;
  readonly #start: number;
  readonly #kept: FloatArray;

  constructor(values: FloatArray, start: number, width: number) {
    this.#values = values;
    this.#start = start;
    this.#kept = values.slice(start, start + width);
  }

  /** The fixed row of a parameter; `null` if it has none. */
  static of({ fixedRow, shape }: Parameter, values: FloatArray): FixedRow | null {
    if (fixedRow === null) return null;
    const width = values.length / shape[0]!;
    return new FixedRow(values, fixedRow * width, width);
  }

  /** Remembers the row as it is. */
  keep(): void {
    const { length } = this.#kept;
    for (let i = 0; i < length; i++) this.#kept[i] = this.#values[this.#start + i]!;
  }

  /** Puts it back. */
  restore(): void {
    this.#values.set(this.#kept, this.#start);
  }
}
