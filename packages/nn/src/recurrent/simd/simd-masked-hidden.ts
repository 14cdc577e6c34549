import type { Tensor } from "@rnn/tensor";
import { sumKernels } from "../../kernels/layer-kernels.ts";
import type { Block, PieceRows } from "./resident.ts";
import { WeightGradient } from "./simd-products.ts";
import type { SimdRun } from "./simd-run.ts";

// The h that recurrent products read, in linear memory; ../masked-hidden.ts is the same on ordinary arrays.

/** The way forward. */
export class SimdMaskedHidden {
  readonly #run: SimdRun;
  readonly #h: PieceRows;
  readonly #dropoutMask: Tensor | null;
  readonly #mask: Block | null;
  /** The masked h of one step. */
  readonly #masked: Block | null;

  /** @param dropoutMask - of a recurrent dropout, `[N, P]` */
  constructor(run: SimdRun, h: PieceRows, dropoutMask: Tensor | null) {
    const length = run.timeline.batch * h.width;
    this.#run = run;
    this.#h = h;
    this.#dropoutMask = dropoutMask;
    this.#mask = dropoutMask && run.block(length);
    this.#masked = dropoutMask && run.block(length);
  }

  /** Copies the mask in; call it once the run is open. */
  open(): void {
    this.#mask?.set(this.#dropoutMask);
  }

  /** The address of what a step reads. */
  at(before: number, rows: number): number {
    const from = this.#h.at(before);
    if (this.#mask === null || this.#masked === null) return from;
    const { multiplyInto } = sumKernels(this.#run.simd);
    multiplyInto(rows * this.#h.width, from, this.#mask.address, this.#masked.address);
    return this.#masked.address;
  }
}

/** The way back. */
export class SimdMaskedHiddenGradients {
  readonly #run: SimdRun;
  readonly #h: PieceRows;
  readonly #dropoutMask: Tensor | null;
  readonly #mask: Block | null;
  /** The masked h of all steps of the piece; `null` without dropout. */
  readonly #masked: PieceRows | null;

  constructor(run: SimdRun, h: PieceRows, dropoutMask: Tensor | null) {
    this.#run = run;
    this.#h = h;
    this.#dropoutMask = dropoutMask;
    this.#mask = dropoutMask && run.block(run.timeline.batch * h.width);
    this.#masked = dropoutMask && run.rows(h.width, null);
  }

  /** Copies the mask in; call it once the run is open. */
  open(): void {
    this.#mask?.set(this.#dropoutMask);
  }

  /** Declares the gradient of a weight `[n, P]` of products with the masked h. */
  weight(n: number): WeightGradient {
    return new WeightGradient(this.#run, n, this.#masked ?? this.#h);
  }

  /** Computes what steps `from` to `to`, the current piece, read. */
  load(from: number, to: number): void {
    if (this.#mask === null || this.#masked === null) return;
    const { timeline } = this.#run;
    const { multiplyInto } = sumKernels(this.#run.simd);
    for (let at = from * timeline.batch; at < to * timeline.batch; at += timeline.batch) {
      const before = this.#h.at(timeline.before(at));
      multiplyInto(timeline.batch * this.#h.width, before, this.#mask.address, this.#masked.at(at));
    }
  }

  /** The address of what a step read. */
  at(at: number, before: number): number {
    return this.#masked === null ? this.#h.at(before) : this.#masked.at(at);
  }

  /** The row of the weight gradient's operand that belongs to row `at` of the steps. */
  rowOf(at: number): number {
    return this.#masked === null ? this.#run.timeline.before(at) : at;
  }

  /** Turns the gradient of the masked h of a step into that of h, in place. */
  backward(dMasked: Block, rows: number): void {
    if (this.#mask === null) return;
    const { multiplyInto } = sumKernels(this.#run.simd);
    multiplyInto(rows * this.#h.width, dMasked.address, this.#mask.address, dMasked.address);
  }
}
