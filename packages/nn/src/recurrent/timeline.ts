import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { zerosLike } from "./buffers.ts";

/**
 * One step of the run: it computes row `at + n` of the `[L * N, ...]` matrices, reads the state in row `before + n`
 * of the slots and writes row `after + n`, for `n` from 0 to `rows`.
 */
export type Step = (at: number, before: number, after: number, rows: number) => void;

/** Steps `from` to `to`. */
export type Piece = (from: number, to: number) => void;

/**
 * The steps of one layer in one direction: their order, where the states lie, and which rows still run.
 *
 * States lie in `[L + 1, N, size]` slots. Forward in time, step t reads slot t and writes slot t + 1; in reverse it
 * reads slot t + 1 and writes slot t. Rows are sorted by length, longest first: the rows that have a step t are
 * the first ones, and the others keep their state. A reverse run therefore starts each row at its own last step.
 */
export class Timeline {
  readonly length: number;
  readonly batch: number;
  readonly #reverse: boolean;
  readonly #rowsAt: Int32Array | null;

  /** @param rowsAt - the number of rows that have step t, for every t; `null` if all rows have all steps */
  constructor(length: number, batch: number, reverse: boolean, rowsAt: Int32Array | null) {
    this.length = length;
    this.batch = batch;
    this.#reverse = reverse;
    this.#rowsAt = rowsAt;
  }

  /** Visits the steps (or those from `from` to `to`) in the order in which the states follow one another. */
  forward(step: Step, from = 0, to: number = this.length): void {
    for (let k = 0; k < to - from; k++) this.#visit(this.#reverse ? to - 1 - k : from + k, step);
  }

  /** Visits the steps (or those from `from` to `to`) in the opposite order, as gradients flow. */
  backward(step: Step, from = 0, to: number = this.length): void {
    for (let k = 0; k < to - from; k++) this.#visit(this.#reverse ? from + k : to - 1 - k, step);
  }

  /** Cuts the steps into pieces of at most `size` neighbouring ones and visits those in the order of `forward`. */
  forwardPieces(size: number, piece: Piece): void {
    this.#visitPieces(size, !this.#reverse, piece);
  }

  /** The same pieces in the order of `backward`. */
  backwardPieces(size: number, piece: Piece): void {
    this.#visitPieces(size, this.#reverse, piece);
  }

  #visitPieces(size: number, isAscending: boolean, piece: Piece): void {
    const count = Math.ceil(this.length / size);
    for (let k = 0; k < count; k++) {
      const from = (isAscending ? k : count - 1 - k) * size;
      piece(from, Math.min(from + size, this.length));
    }
  }

  #visit(t: number, step: Step): void {
    const at = t * this.batch;
    const next = at + this.batch;
    const rows = this.#rowsAt === null ? this.batch : this.#rowsAt[t]!;
    if (this.#reverse) step(at, next, at, rows);
    else step(at, at, next, rows);
  }

  /** Slots for states of `size` numbers, the first one filled with `initial` `[N, size]`; made if not given. */
  slots<Floats extends FloatArray>(
    initial: Floats,
    size: number,
    slots: Floats = zerosLike(initial, this.slotRows * size) as Floats,
  ): Floats {
    slots.set(initial, this.#reverse ? this.length * this.batch * size : 0);
    return slots;
  }

  /** Rows of a matrix of slots: (L + 1) N. */
  get slotRows(): number {
    return (this.length + 1) * this.batch;
  }

  /** Carries the state of the rows that do not have this step over to the next slot. */
  keep(slots: FloatArray, size: number, before: number, after: number, rows: number): void {
    if (rows === this.batch) return;
    slots.copyWithin((after + rows) * size, (before + rows) * size, (before + this.batch) * size);
  }

  /** The last state of every row, `[N, size]`: a copy, so that keeping it does not keep the slots. */
  final(slots: FloatArray, size: number): FloatArray {
    const first = this.#reverse ? 0 : this.length * this.batch * size;
    return slots.slice(first, first + this.batch * size);
  }

  /** The state before each step, `[L, N, size]`: a view of the slots. */
  previous(slots: FloatArray, size: number): FloatArray {
    return this.#reverse
      ? slots.subarray(this.batch * size)
      : slots.subarray(0, this.length * this.batch * size);
  }

  /** The state after each step, `[L, N, size]`, zero in rows past their end: a view of the slots if no row is. */
  output(slots: FloatArray, size: number): FloatArray {
    const all = this.#reverse
      ? slots.subarray(0, this.length * this.batch * size)
      : slots.subarray(this.batch * size);
    if (this.#rowsAt === null) return all;
    const output = all.slice();
    this.clearPastEnd(output, size);
    return output;
  }

  /** The first row of the slot that the first of the steps `from` to `to` reads. */
  firstSlot(from: number, to: number): number {
    return (this.#reverse ? to : from) * this.batch;
  }

  /** The row of the slots that row `at` of a step reads. */
  before(at: number): number {
    return this.#reverse ? at + this.batch : at;
  }

  /** Writes zeros into the rows past their end of a matrix `[(to - from) * N, width]` of the steps `from` to `to`. */
  clearPastEnd(matrix: FloatArray, width: number, from = 0, to: number = this.length): void {
    if (this.#rowsAt === null) return;
    for (let t = from; t < to; t++) {
      const first = (t - from) * this.batch;
      matrix.fill(0, (first + this.#rowsAt[t]!) * width, (first + this.batch) * width);
    }
  }
}

/** The timeline of a single step of `x` `[N, I]`. */
export function oneStep(x: Variable): Timeline {
  return new Timeline(1, x.shape[0]!, false, null);
}
