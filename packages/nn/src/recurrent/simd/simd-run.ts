import type { SimdKernels, Tensor } from "@rnn/tensor";
import { type SumKernels, sumKernels } from "../../kernels/layer-kernels.ts";
import { blockBytes, MEMORY_LIMIT } from "../../kernels/memory-blocks.ts";
import { floats32Of } from "../../memory/float-data.ts";
import type { Timeline } from "../timeline.ts";
import { Block, PieceRows, ResidentWeight } from "./resident.ts";

/** Pieces of a sequence are about so large, so that they stay in the second-level cache from copying in to copying out. */
const PIECE_BYTES = 2 ** 19;

/** A piece has at least so many rows, if there are: the weight gradients are products of that depth. */
const PIECE_ROWS = 128;

/** Rows of strided tensors, if they are not shorter, are gathered piece by piece instead of being copied as a whole before. */
const SHORTEST_GATHERED = 8;

/**
 * Packing a weight takes as long as two products of one row with it, and makes each of them a quarter quicker: it pays for
 * more rows than these, counted over all products.
 */
const UNPACKED_ROWS = 8;

/**
 * One pass over a sequence in linear memory, piece by piece.
 *
 * First everything that needs memory is declared: matrices of which one piece is resident at a time, packed weights, and
 * blocks that stay for the whole pass. `open` lays them out; then `forward` or `backward` runs. Scratch memory is
 * shared with every other kernel, so a pass is over when the function that made it returns.
 */
export class SimdRun {
  readonly sums: SumKernels;
  readonly timeline: Timeline;
  readonly simd: SimdKernels;
  readonly #pieces: PieceRows[] = [];
  readonly #weights: ResidentWeight[] = [];
  readonly #blocks: Block[] = [];
  #scratchBytes = 0;
  #scratch = 0;
  #stepsPerPiece = 0;

  constructor(simd: SimdKernels, timeline: Timeline) {
    this.simd = simd;
    this.sums = sumKernels(simd);
    this.timeline = timeline;
  }

  get floats(): Float32Array {
    return this.simd.memory.floats;
  }

  /** Shared with the scratch memory of products. */
  get staging(): number {
    return this.#scratch;
  }

  /** L * N */
  get rowCount(): number {
    return this.timeline.length * this.timeline.batch;
  }

  /** Declares `[L * N, width]` numbers; only the rows of the current piece are resident. */
  rows(width: number, array: Float32Array | null): PieceRows {
    return this.#addRows(new PieceRows(this, width, 0, array));
  }

  /** Declares the rows of a tensor `[L, N, width]` that is only read; zeros if there is none. */
  tensorRows(x: Tensor | null, width: number): PieceRows {
    if (x === null || x.isContiguous || x.strides[2] !== 1 || width < SHORTEST_GATHERED) {
      return this.rows(width, x && floats32Of(x));
    }
    const layout = { offset: x.offset, step: x.strides[0]!, row: x.strides[1]! };
    return this.#addRows(new PieceRows(this, width, 0, x.data as Float32Array, layout));
  }

  /** Declares the `[L + 1, N, width]` slots of a state; see {@link Timeline}. */
  slots(width: number, array: Float32Array): PieceRows {
    return this.#addRows(new PieceRows(this, width, 1, array));
  }

  #addRows(rows: PieceRows): PieceRows {
    this.#pieces.push(rows);
    return rows;
  }

  /** Declares a block of `length` numbers that stays for the whole pass. */
  block(length: number): Block {
    const block = new Block(this, length);
    this.#blocks.push(block);
    return block;
  }

  /**
   * Declares the operand B`[k, n]` of products with all rows, some at a time: element `(p, j)` is
   * `array[at + p * rowStride + j * columnStride]`, and one of the strides is 1. It is packed once for all of them.
   */
  weight(
    n: number,
    k: number,
    array: Float32Array,
    at: number,
    rowStride: number,
    columnStride: number,
  ): ResidentWeight {
    const isPacked = this.rowCount > UNPACKED_ROWS;
    const weight = new ResidentWeight(
      n,
      k,
      array.subarray(at, at + n * k),
      rowStride,
      columnStride,
      isPacked,
    );
    this.#weights.push(weight);
    this.needScratch(n, k);
    return weight;
  }

  /** Declares a product with `n` columns over `k`. */
  needScratch(n: number, k: number): void {
    this.#scratchBytes = Math.max(this.#scratchBytes, this.simd.exports.gemmScratchBytes(n, k));
  }

  /** Lays out all that was declared and packs the weights; false if it does not fit. */
  open(): boolean {
    const { memory, exports, scratchStart } = this.simd;
    const { length, batch } = this.timeline;
    let end = scratchStart;
    for (const block of this.#blocks) {
      block.address = end;
      end += blockBytes(block.length);
    }
    for (const weight of this.#weights) {
      weight.address = end;
      const { n, k, isPacked } = weight;
      end += blockBytes(isPacked ? exports.gemmPackedBytes(n, k) / 4 : n * k);
    }
    const unpacked = end; // weights are packed from here, before the pieces come

    const rowBytes = this.#pieces.reduce((sum, { width }) => sum + 4 * width, 0);
    const mostSteps = Math.max(
      1,
      Math.floor(PIECE_BYTES / (rowBytes * batch)),
      Math.ceil(PIECE_ROWS / batch),
    );
    const steps = Math.ceil(length / Math.ceil(length / mostSteps)); // pieces of about equal size
    let stagingBytes = 0;
    for (const rows of this.#pieces) {
      rows.address = end;
      end += blockBytes((steps + rows.extraSlots) * batch * rows.width);
      if (rows.isBatchFirst) stagingBytes = Math.max(stagingBytes, blockBytes(steps * batch * rows.width));
    }
    this.#scratch = end;
    end += Math.max(this.#scratchBytes, stagingBytes);
    for (const { n, k } of this.#weights) end = Math.max(end, unpacked + blockBytes(n * k));
    if (end - scratchStart > MEMORY_LIMIT || !memory.reserve(end)) return false;

    this.#stepsPerPiece = steps;
    for (const weight of this.#weights) this.#load(weight, unpacked);
    return true;
  }

  #load({ n, k, array, rowStride, columnStride, isPacked, address }: ResidentWeight, unpacked: number): void {
    this.floats.set(array, (isPacked ? unpacked : address) / 4);
    if (isPacked) this.simd.exports.gemmPack(n, k, unpacked, 4 * rowStride, 4 * columnStride, address);
  }

  /** Runs the pieces in the order of time: `enter`, every step, `leave`. */
  forward(enter: PieceHook, step: StepHook, leave: PieceHook): void {
    this.timeline.forwardPieces(this.#stepsPerPiece, (from, to) => {
      this.#moveTo(from, to);
      enter(from, to);
      this.timeline.forward(step, from, to);
      leave(from, to);
    });
  }

  /** The same against the order of time. */
  backward(enter: PieceHook, step: StepHook, leave: PieceHook): void {
    this.timeline.backwardPieces(this.#stepsPerPiece, (from, to) => {
      this.#moveTo(from, to);
      enter(from, to);
      this.timeline.backward(step, from, to);
      leave(from, to);
    });
  }

  #moveTo(from: number, to: number): void {
    for (const rows of this.#pieces) rows.moveTo(from, to);
  }

  /** `c[m, n] (+)= a[m, k] B` with a weight B; rows of `a` and `c` are `aRow` and `cRow` numbers apart. */
  multiply(
    m: number,
    a: number,
    aRow: number,
    { n, k, rowStride, columnStride, isPacked, address: b }: ResidentWeight,
    c: number,
    cRow: number,
    accumulate: boolean,
  ): void {
    const { exports } = this.simd;
    const scratch = this.#scratch;
    if (isPacked) exports.gemmPacked(m, n, k, a, 4 * aRow, 4, b, c, 4 * cRow, accumulate, scratch);
    // biome-ignore format: one operand per group
    else exports.gemm(
      m, n, k, a, 4 * aRow, 4, b, 4 * rowStride, 4 * columnStride, c, 4 * cRow, accumulate, scratch,
    );
  }

  /** `c[m, n] (+)= aᵀ b` for `a[k, m]`, with rows `aRow` numbers apart, and dense `b[k, n]`. */
  multiplyTransposed(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    b: number,
    c: number,
    accumulate: boolean,
  ): void {
    this.simd.exports.gemm(m, n, k, a, 4, 4 * aRow, b, 4 * n, 4, c, 4 * n, accumulate, this.#scratch);
  }
}

type PieceHook = (from: number, to: number) => void;
type StepHook = (at: number, before: number, after: number, rows: number) => void;
