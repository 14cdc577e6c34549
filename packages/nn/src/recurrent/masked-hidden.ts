import type { Tensor } from "@rnn/tensor";
import type { FloatArray } from "../dtype.ts";
import { floatsOf } from "../memory/float-data.ts";
import { internalZeros } from "../memory/small-arrays.ts";
import { zerosLike } from "./buffers.ts";
import type { Timeline } from "./timeline.ts";

/** The h that the recurrent products of a sequence read: times the mask of a recurrent dropout, or as it is without one. */
export class MaskedHidden {
  readonly #timeline: Timeline;
  /** The slots of h, `[L + 1, N, size]`. */
  readonly #h: FloatArray;
  readonly #size: number;
  /** `[N, size]`; `null` without dropout. */
  readonly #mask: FloatArray | null;
  /** The masked h of one step; `null` without dropout. */
  readonly #masked: FloatArray | null;

  constructor(timeline: Timeline, h: FloatArray, size: number, dropoutMask: Tensor | null) {
    this.#timeline = timeline;
    this.#h = h;
    this.#size = size;
    this.#mask = dropoutMask && floatsOf(dropoutMask);
    this.#masked = dropoutMask && internalZeros(h, timeline.batch * size);
  }

  /** The array that holds what a step reads, from {@link start} on; valid until the next step. */
  array(before: number, rows: number): FloatArray {
    if (this.#masked === null) return this.#h;
    this.#multiply(before, rows, this.#masked, 0);
    return this.#masked;
  }

  /** Where in {@link array} it starts. */
  start(before: number): number {
    return this.#masked === null ? before * this.#size : 0;
  }

  /** What all steps read, `[L * N, size]`. */
  all(): FloatArray {
    const { length, batch } = this.#timeline;
    if (this.#mask === null) return this.#timeline.previous(this.#h, this.#size);
    const all = zerosLike(this.#h, length * batch * this.#size);
    for (let at = 0; at < length * batch; at += batch) {
      this.#multiply(this.#timeline.before(at), batch, all, at * this.#size);
    }
    return all;
  }

  /** Turns the gradient of the first `rows` rows of the masked h into that of h, in place. */
  backward(dMasked: FloatArray, rows: number): void {
    if (this.#mask === null) return;
    for (let i = 0; i < rows * this.#size; i++) dMasked[i]! *= this.#mask[i]!;
  }

  #multiply(before: number, rows: number, to: FloatArray, at: number): void {
    const start = before * this.#size;
    for (let i = 0; i < rows * this.#size; i++) to[at + i] = this.#h[start + i]! * this.#mask![i]!;
  }
}
