import type { Tensor } from "@rnn/tensor";
import type { SumKernels } from "../../kernels/layer-kernels.ts";
import { copyRun } from "../../memory/copy-run.ts";
import { floats32Of } from "../../memory/float-data.ts";
import type { Timeline } from "../timeline.ts";

// What a pass over a sequence has in linear memory. Addresses are in bytes, and set when the pass is opened.

/** The memory of a pass, and the steps it runs over. */
export interface ResidentMemory {
  /** All of the memory; growing replaces it. */
  readonly floats: Float32Array;
  readonly timeline: Timeline;
  readonly sums: SumKernels;
  /** Address of room for a piece of batch-first rows, from where they are brought into the order of time. */
  readonly staging: number;
}

/** Where the rows of a tensor `[L, N, width]` lie in its data, if each is contiguous. */
export interface RowLayout {
  readonly offset: number;
  /** From one step to the next, and from one row of the batch to the next. */
  readonly step: number;
  readonly row: number;
}

/** A matrix with one row (or slot row) per step and batch entry, of which the current piece is in linear memory. */
export class PieceRows {
  readonly width: number;
  /** 1 for slots, 0 for rows of steps. */
  readonly extraSlots: number;
  address = 0;
  readonly #memory: ResidentMemory;
  /** All rows; `null` for a matrix that exists only piece by piece. */
  readonly #array: Float32Array | null;
  /** `null` if the rows of the array follow one another. */
  readonly #layout: RowLayout | null;
  #first = 0;
  #last = 0;

  constructor(
    memory: ResidentMemory,
    width: number,
    extraSlots: number,
    array: Float32Array | null,
    layout: RowLayout | null = null,
  ) {
    this.#layout = layout;
    this.#memory = memory;
    this.width = width;
    this.extraSlots = extraSlots;
    this.#array = array;
  }

  /** Makes steps `from` to `to` the current piece. */
  moveTo(from: number, to: number): void {
    this.#first = from * this.#memory.timeline.batch;
    this.#last = (to + this.extraSlots) * this.#memory.timeline.batch;
  }

  /** Address of a row of the current piece. */
  at(row: number): number {
    return this.address + 4 * this.width * (row - this.#first);
  }

  /** The rows of the current piece, as a view. */
  view(): Float32Array {
    return this.#memory.floats.subarray(this.address / 4, this.at(this.#last) / 4);
  }

  /** Copies the current piece in. */
  load(): void {
    this.loadRows(this.#first, this.#last);
  }

  /** Copies the current piece in, or zeros if there is no array. */
  loadOrClear(): void {
    if (this.#array === null) this.view().fill(0);
    else this.load();
  }

  /** Copies the current piece, or some rows of it, in. */
  loadRows(from: number, to: number): void {
    if (this.#layout !== null) {
      if (this.isBatchFirst) this.#loadBatchFirst(this.#layout, this.#array!, from, to);
      else this.#loadStrided(this.#layout, this.#array!, from, to);
      return;
    }
    this.#memory.floats.set(this.#array!.subarray(from * this.width, to * this.width), this.at(from) / 4);
  }

  /** Whether the array is `[N, L, width]`: the steps of each row of the batch follow one another. */
  get isBatchFirst(): boolean {
    return this.#layout?.step === this.width;
  }

  /** Copies rows in from `[N, L, width]`, and swaps the two dimensions. */
  #loadBatchFirst({ offset, row }: RowLayout, array: Float32Array, from: number, to: number): void {
    const { floats, timeline, sums, staging } = this.#memory;
    const { width } = this;
    const steps = (to - from) / timeline.batch;
    const first = offset + (from / timeline.batch) * width;
    for (let n = 0; n < timeline.batch; n++) {
      const start = first + n * row;
      floats.set(array.subarray(start, start + steps * width), staging / 4 + n * steps * width);
    }
    sums.swapRows(timeline.batch, steps, width, staging, this.at(from));
  }

  /** Copies rows in one by one, from wherever they lie. */
  #loadStrided({ offset, step, row }: RowLayout, array: Float32Array, from: number, to: number): void {
    const { floats, timeline } = this.#memory;
    const { width } = this;
    let at = this.at(from) / 4;
    for (let i = from; i < to; i++) {
      const t = Math.floor(i / timeline.batch);
      const start = offset + t * step + (i - t * timeline.batch) * row;
      copyRun(array, start, floats, at, width);
      at += width;
    }
  }

  /** Copies the current piece out, if there is an array. */
  store(): void {
    this.#array?.set(this.view(), this.#first * this.width);
  }

  /** For slots: copies in the state that the first step of the piece reads. */
  loadFirst(from: number, to: number): void {
    const { timeline } = this.#memory;
    const first = timeline.firstSlot(from, to);
    this.loadRows(first, first + timeline.batch);
  }

  /** For slots: carries the state of the rows that do not have this step over to the next slot. */
  keep(before: number, after: number, rows: number): void {
    const { batch } = this.#memory.timeline;
    if (rows === batch) return;
    const { floats } = this.#memory;
    floats.copyWithin(this.at(after + rows) / 4, this.at(before + rows) / 4, this.at(before + batch) / 4);
  }

  /** Fills every row of the current piece with a copy of `row`. */
  fill(row: Block): void {
    const { floats } = this.#memory;
    const start = this.address / 4;
    const end = this.at(this.#last) / 4;
    floats.copyWithin(start, row.address / 4, row.address / 4 + row.length);
    for (let filled = this.width; start + filled < end; filled *= 2) {
      floats.copyWithin(start + filled, start, Math.min(start + filled, end - filled));
    }
  }
}

/** Numbers that stay in linear memory for a whole pass. */
export class Block {
  readonly length: number;
  address = 0;
  readonly #memory: ResidentMemory;

  constructor(memory: ResidentMemory, length: number) {
    this.#memory = memory;
    this.length = length;
  }

  view(): Float32Array {
    return this.#memory.floats.subarray(this.address / 4, this.address / 4 + this.length);
  }

  /** Copies a tensor in, or zeros. */
  set(x: Tensor | null): void {
    if (x === null) this.view().fill(0);
    else this.view().set(floats32Of(x));
  }
}

/** The second operand of products, as it is or in the order in which they read it; see `SimdRun.weight`. */
export class ResidentWeight {
  readonly n: number;
  readonly k: number;
  readonly array: Float32Array;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly isPacked: boolean;
  address = 0;

  constructor(
    n: number,
    k: number,
    array: Float32Array,
    rowStride: number,
    columnStride: number,
    isPacked: boolean,
  ) {
    this.n = n;
    this.k = k;
    this.array = array;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
    this.isPacked = isPacked;
  }
}
