import type { Tensor } from "@rnn/tensor";
import type { FloatArray } from "../dtype.ts";
import { internalZeros } from "../small-arrays.ts";
import { floatsOf, zerosLike } from "./buffers.ts";
import type { Timeline } from "./timeline.ts";

/** What the recurrent products of a sequence read: h as it is, or what a recurrent dropout leaves of it. */
export class HiddenReads {
  readonly #timeline: Timeline;
  /** The slots of h, `[L + 1, N, size]`. */
  readonly #h: FloatArray;
  readonly #size: number;
  /** The factors of the dropout, `[N, size]`; `null` without one. */
  readonly #kept: FloatArray | null;
  /** What one step reads, if that is not h itself. */
  readonly #read: FloatArray | null;

  constructor(timeline: Timeline, h: FloatArray, size: number, kept: Tensor | null) {
    this.#timeline = timeline;
    this.#h = h;
    this.#size = size;
    this.#kept = kept && floatsOf(kept);
    this.#read = kept && internalZeros(h, timeline.batch * size);
  }

  /** The array with what a step reads; it is there from {@link startOf} on, until the next step. */
  arrayOf(before: number, rows: number): FloatArray {
    if (this.#read === null) return this.#h;
    this.#multiply(before, rows, this.#read, 0);
    return this.#read;
  }

  startOf(before: number): number {
    return this.#read === null ? before * this.#size : 0;
  }

  /** What all steps read, `[L * N, size]`. */
  all(): FloatArray {
    const { length, batch } = this.#timeline;
    if (this.#kept === null) return this.#timeline.previous(this.#h, this.#size);
    const all = zerosLike(this.#h, length * batch * this.#size);
    for (let at = 0; at < length * batch; at += batch) {
      this.#multiply(this.#timeline.before(at), batch, all, at * this.#size);
    }
    return all;
  }

  /** Turns the gradient of the first `rows` rows that were read into that of h, in place. */
  backward(dRead: FloatArray, rows: number): void {
    if (this.#kept === null) return;
    for (let i = 0; i < rows * this.#size; i++) dRead[i]! *= this.#kept[i]!;
  }

  #multiply(before: number, rows: number, to: FloatArray, at: number): void {
    const start = before * this.#size;
    for (let i = 0; i < rows * this.#size; i++) to[at + i] = this.#h[start + i]! * this.#kept![i]!;
  }
}
