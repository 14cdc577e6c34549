import type { Tensor } from "@rnn/tensor";
import { sumKernels } from "../kernels/layer-kernels.ts";
import type { Block, PieceRows } from "./resident.ts";
import { WeightGradient } from "./simd-products.ts";
import type { SimdRun } from "./simd-run.ts";

// What recurrent products read, in linear memory; hidden-reads.ts is the same on ordinary arrays.

/** The way forward. */
export class SimdReads {
  readonly #run: SimdRun;
  readonly #h: PieceRows;
  readonly #kept: Tensor | null;
  readonly #factors: Block | null;
  readonly #read: Block | null;

  /** @param kept - the factors of a recurrent dropout, `[N, P]` */
  constructor(run: SimdRun, h: PieceRows, kept: Tensor | null) {
    const length = run.timeline.batch * h.width;
    this.#run = run;
    this.#h = h;
    this.#kept = kept;
    this.#factors = kept && run.block(length);
    this.#read = kept && run.block(length);
  }

  /** Brings the factors in; call it once the run is open. */
  open(): void {
    this.#factors?.set(this.#kept);
  }

  /** The address of what a step reads. */
  at(before: number, rows: number): number {
    const from = this.#h.at(before);
    if (this.#factors === null || this.#read === null) return from;
    const { multiplyInto } = sumKernels(this.#run.simd);
    multiplyInto(rows * this.#h.width, from, this.#factors.address, this.#read.address);
    return this.#read.address;
  }
}

/** The way back. */
export class SimdReadGradients {
  readonly #run: SimdRun;
  readonly #h: PieceRows;
  readonly #kept: Tensor | null;
  readonly #factors: Block | null;
  /** What all steps of the piece read; `null` if that is h. */
  readonly #reads: PieceRows | null;

  constructor(run: SimdRun, h: PieceRows, kept: Tensor | null) {
    this.#run = run;
    this.#h = h;
    this.#kept = kept;
    this.#factors = kept && run.block(run.timeline.batch * h.width);
    this.#reads = kept && run.rows(h.width, null);
  }

  open(): void {
    this.#factors?.set(this.#kept);
  }

  /** Declares the gradient of a weight `[n, P]` of products with what was read. */
  weight(n: number): WeightGradient {
    return new WeightGradient(this.#run, n, this.#reads ?? this.#h);
  }

  /** Computes what steps `from` to `to`, the current piece, read. */
  load(from: number, to: number): void {
    if (this.#factors === null || this.#reads === null) return;
    const { timeline } = this.#run;
    const { multiplyInto } = sumKernels(this.#run.simd);
    for (let at = from * timeline.batch; at < to * timeline.batch; at += timeline.batch) {
      const before = this.#h.at(timeline.before(at));
      multiplyInto(timeline.batch * this.#h.width, before, this.#factors.address, this.#reads.at(at));
    }
  }

  /** The address of what a step read. */
  at(at: number, before: number): number {
    return this.#reads === null ? this.#h.at(before) : this.#reads.at(at);
  }

  /** The row of the weight gradient's operand that belongs to row `at` of the steps. */
  rowOf(at: number): number {
    return this.#reads === null ? this.#run.timeline.before(at) : at;
  }

  /** Turns the gradient of what a step read into that of h, in place. */
  backward(dRead: Block, rows: number): void {
    if (this.#factors === null) return;
    const { multiplyInto } = sumKernels(this.#run.simd);
    multiplyInto(rows * this.#h.width, dRead.address, this.#factors.address, dRead.address);
  }
}
